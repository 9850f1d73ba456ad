// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/spendstore.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

SpendStore::SpendStore(db::Connection& connection, const SqlText& sql)
    : m_connection(connection)
    , m_sql(sql)
{
}

base::Status SpendStore::add(const domain::Spend& spend)
{
    if (!m_sql.companion)
        return {};
    const auto added = m_connection.run(m_sql.companion->addSpend.text(),
                                        {{u"day"_s, spend.day.toString(Qt::ISODate)},
                                         {u"type"_s, spend.jobType},
                                         {u"model"_s, spend.model},
                                         {u"tokensIn"_s, spend.tokensIn},
                                         {u"tokensOut"_s, spend.tokensOut}});
    return added ? base::Status() : base::Status(added.error());
}

} // namespace queuedeck::store
