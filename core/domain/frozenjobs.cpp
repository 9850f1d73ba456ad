// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/frozenjobs.h"

#include "core/domain/job.h"

#include <QDataStream>
#include <QIODevice>

#include <algorithm>

namespace queuedeck::domain {

namespace {
constexpr int kQuickly = 1; // of zlib: ids are packed while somebody waits

QByteArray packed(const JobIds& ids)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    for (const JobId& id : ids)
        stream << id.value.toUtf8();
    return qCompress(bytes, kQuickly);
}
} // namespace

FrozenJobs::Part::Part(std::optional<State> state, const JobIds& ids)
    : m_state(std::move(state))
    , m_count(ids.size())
    , m_bytes(packed(ids))
{
}

FrozenJobs::Part::Part(std::optional<State> state, qint64 count, QByteArray bytes)
    : m_state(std::move(state))
    , m_count(count)
    , m_bytes(std::move(bytes))
{
}

JobIds FrozenJobs::Part::ids() const
{
    const QByteArray bytes = qUncompress(m_bytes);
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_0);
    JobIds ids;
    ids.reserve(m_count);
    QByteArray id;
    while (!stream.atEnd() && stream.status() == QDataStream::Ok) {
        stream >> id;
        ids.push_back({QString::fromUtf8(id)});
    }
    return ids;
}

std::optional<SkipReason> FrozenJobs::Part::refusal(JobAction action) const
{
    if (!m_state)
        return std::nullopt;
    if (!m_state->isThere)
        return SkipReason::Gone;
    Job job;
    job.status = m_state->status;
    job.attempts = m_state->attempts;
    return domain::refusal(action, job);
}

FrozenJobs::FrozenJobs(const JobIds& ids)
{
    add(std::nullopt, ids);
}

void FrozenJobs::add(const std::optional<State>& state, const JobIds& ids)
{
    for (qsizetype from = 0; from < ids.size(); from += kMostInPart)
        add(Part(state, ids.mid(from, kMostInPart)));
}

void FrozenJobs::add(Part part)
{
    m_count += part.count();
    m_parts.push_back(std::move(part));
}

JobIds FrozenJobs::ids() const
{
    JobIds all;
    all.reserve(m_count);
    for (const Part& part : m_parts)
        all += part.ids();
    return all;
}

JobId FrozenJobs::idAt(qint64 place) const
{
    for (const Part& part : m_parts) {
        if (place < part.count())
            return part.ids().value(place);
        place -= part.count();
    }
    return {};
}

void FrozenJobs::rememberEach()
{
    m_hashes.clear();
    m_hashes.reserve(m_count);
    for (const Part& part : m_parts) {
        const JobIds ids = part.ids();
        for (const JobId& id : ids)
            m_hashes.push_back(qHash(id));
    }
    std::sort(m_hashes.begin(), m_hashes.end());
}

bool FrozenJobs::contains(const JobId& id) const
{
    return std::binary_search(m_hashes.cbegin(), m_hashes.cend(), qHash(id));
}

Outcome prediction(JobAction action, const FrozenJobs& jobs)
{
    Outcome outcome;
    outcome.dryRun = true;
    outcome.matched = jobs.count();
    for (const FrozenJobs::Part& part : jobs.parts()) {
        const auto why = part.refusal(action);
        if (!why) {
            outcome.changed += part.count();
            const bool isRunning = part.state() && part.state()->status == JobStatus::Processing;
            outcome.wereRunning += action == JobAction::Cancel && isRunning ? part.count() : 0;
            continue;
        }
        const JobIds ids = part.ids();
        for (const JobId& id : ids)
            outcome.skipped.push_back({id.value, *why});
    }
    return outcome;
}

} // namespace queuedeck::domain
