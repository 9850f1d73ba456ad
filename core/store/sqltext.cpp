// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqltext.h"

namespace queuedeck::store {

const SqlText& sqlText(db::Dialect dialect)
{
    Q_ASSERT(dialect == db::Dialect::Sqlite);
    Q_UNUSED(dialect)
    return sqliteText();
}

} // namespace queuedeck::store
