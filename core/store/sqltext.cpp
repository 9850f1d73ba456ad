// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqltext.h"

namespace queuedeck::store {

const SqlText& sqlText(db::Dialect dialect, bool isGuest)
{
    if (dialect == db::Dialect::Sqlite)
        return sqliteText();
    return isGuest ? guestText() : postgresText();
}

std::vector<const Sql*> sqlList(db::Dialect dialect, bool isGuest)
{
    if (dialect == db::Dialect::Sqlite)
        return sqliteList();
    return isGuest ? guestList() : postgresList();
}

} // namespace queuedeck::store
