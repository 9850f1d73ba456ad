// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqltext.h"

namespace queuedeck::store {

const SqlText& sqlText(db::Dialect dialect)
{
    return dialect == db::Dialect::Sqlite ? sqliteText() : postgresText();
}

} // namespace queuedeck::store
