// SPDX-License-Identifier: GPL-3.0-or-later
// Inspects what a claim would find, without taking it.
#include "core/domain/jobrules.h"
#include "core/domain/payloadschema.h"
#include "core/store/leasestore.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
void check(domain::TypePreflight& type, const QString& name, const db::Rows::Row& row)
{
    if (row.integer(2) != 0) {
        ++type.unread;
        return;
    }
    ++type.checked;
    const auto payload = domain::checkPayload(name, row.bytes(1));
    if (payload)
        return;
    ++type.failing;
    if (type.reason.isEmpty())
        type.reason = payload.error().detail;
}
} // namespace

base::Result<domain::Preflight> LeaseStore::preflight(const QStringList& types)
{
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    const db::Params params{{u"types"_s, list(types)},
                            {u"max"_s, domain::kMaxAttempts},
                            {u"pictures"_s, pictures()},
                            {u"deferred"_s, deferred(now, false)},
                            {u"limit"_s, domain::Preflight::kMostChecked},
                            {u"bytes"_s, domain::Preflight::kLargestPayload}};
    const auto counts = m_connection.run(
        (m_sql.atOnce ? m_sql.atOnce->waitingByType : m_sql.stepwise->waitingByType).text(),
        params);
    if (!counts)
        return counts.error();
    domain::Preflight found;
    for (size_t i = 0; i < counts->size(); ++i)
        found.types[(*counts)[i].text(0)].waiting = (*counts)[i].integer(1);
    const auto payloads = m_connection.run(
        (m_sql.atOnce ? m_sql.atOnce->waitingPayloads : m_sql.stepwise->waitingPayloads).text(),
        params);
    if (!payloads)
        return payloads.error();
    for (size_t i = 0; i < payloads->size(); ++i) {
        const QString type = (*payloads)[i].text(0);
        if (found.types.contains(type)) // jobs added in between are not counted either
            check(found.types[type], type, (*payloads)[i]);
    }
    return found;
}

} // namespace queuedeck::store
