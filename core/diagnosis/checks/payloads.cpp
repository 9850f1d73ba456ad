// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"
#include "core/domain/jobrules.h"
#include "core/domain/payloadschema.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
constexpr int kSample = 500;
constexpr int kLargest = 32 * 1024; // bytes
constexpr int kMostIds = 20;        // in the filter
} // namespace

base::Result<Verdict> checkPayloads(Ground& ground)
{
    const auto rows = ground.ask(
        ground.sql().waitingPayloadSample,
        {{u"max"_s, domain::kMaxAttempts}, {u"limit"_s, kSample}, {u"bytes"_s, kLargest}});
    if (!rows)
        return rows.error();
    struct Type
    {
        int looked = 0;
        int broken = 0;
        QString reason;
    };
    QMap<QString, Type> types;
    QStringList ids;
    int broken = 0;
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        if (row.isNull(2))
            continue;
        Type& type = types[row.text(1)];
        ++type.looked;
        const auto payload = domain::checkPayload(row.text(1), row.bytes(2));
        if (payload)
            continue;
        ++type.broken;
        ++broken;
        if (type.reason.isEmpty())
            type.reason = payload.error().detail;
        if (ids.size() < kMostIds)
            ids += row.text(0);
    }
    const qint64 looked = qint64(rows->size());
    const Sentence sample = looked < kSample ? Sentence::tr("%L1 looked at").arg(looked)
                                             : Sentence::tr("the oldest %L1 looked at").arg(looked);
    if (broken == 0)
        return good(looked == 0 ? Sentence::tr("none is pending") : sample);
    Finding finding{
        .id = u"payload-invalid"_s,
        .severity = Severity::Error,
        .evidence = atLeast(
            broken == 1
                ? Sentence::tr("1 pending job has a payload that breaks the schema of its type.")
                : Sentence::tr(
                      "%L1 pending jobs have payloads that break the schema of their type.")
                      .arg(broken),
            looked < kSample),
        .cause = Sentence::tr("Such a job fails at once, and for good: trying again cannot help."),
        .remedies = {{Sentence::tr(
                          "Correct what adds them. Edit as New makes a job with a corrected "
                          "payload."),
                      Remedy::Action::ShowJobs}},
        .filter = u"id:"_s + ids.join(u','),
        .count = broken,
        .isExact = looked < kSample,
        .explains = broken};
    for (auto type = types.cbegin(); type != types.cend(); ++type) {
        if (type->broken > 0)
            finding.facts.push_back(
                {type.key(),
                 Sentence::tr("%L1 of %L2: %3").arg(type->broken, type->looked, type->reason),
                 Sentence::tr("payload, oldest %L1").arg(looked)});
    }
    return found(finding, Sentence::tr("%L1 of %L2").arg(broken, looked));
}

} // namespace queuedeck::diagnosis
