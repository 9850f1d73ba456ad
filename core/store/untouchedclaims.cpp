// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/untouchedclaims.h"

namespace queuedeck::store {

base::Status UntouchedClaims::begin()
{
    const auto now = read();
    if (!now)
        return now.error();
    if (*now != m_last)
        m_tokens.clear();
    return {};
}

base::Status UntouchedClaims::end()
{
    const auto now = read();
    if (!now)
        return now.error();
    m_last = *now;
    return {};
}

base::Result<UntouchedClaims::Mark> UntouchedClaims::read()
{
    const auto rows = m_connection.run(m_mark.text(), {});
    if (!rows)
        return rows.error();
    const db::Rows::Row row = (*rows)[0];
    return Mark{row.integer(0), row.integer(1), row.integer(2)};
}

} // namespace queuedeck::store
