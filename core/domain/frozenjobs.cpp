// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/frozenjobs.h"

#include "core/domain/job.h"

#include <QDataStream>
#include <QIODevice>

#include <algorithm>

namespace queuedeck::domain {

namespace {
// Somebody waits while ids are packed: uuids, the usual ones, become 16 bytes each; others are
// compressed, not very much. The first byte says which.
constexpr char kUuids = 'u';
constexpr char kTexts = 't';
constexpr int kQuickly = 1; // of zlib
constexpr qsizetype kUuidBytes = 16;

bool isUuidText(const QString& text)
{
    if (text.size() != 36)
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool isHex = (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
        if (isDash ? c != u'-' : !isHex)
            return false;
    }
    return true;
}

QByteArray packed(const JobIds& ids)
{
    QByteArray bytes(1, kUuids);
    bytes.reserve(1 + ids.size() * kUuidBytes);
    const auto digit = [](char16_t c) { return char(c <= u'9' ? c - u'0' : c - u'a' + 10); };
    for (const JobId& id : ids) {
        if (!isUuidText(id.value)) {
            bytes.clear();
            break;
        }
        const char16_t* c = reinterpret_cast<const char16_t*>(id.value.utf16());
        for (qsizetype i = 0; i < kUuidBytes; ++i) {
            if (i == 4 || i == 6 || i == 8 || i == 10)
                ++c;
            const char high = digit(*c++);
            bytes += char(high << 4 | digit(*c++));
        }
    }
    if (!bytes.isEmpty())
        return bytes;
    QByteArray texts;
    QDataStream stream(&texts, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    for (const JobId& id : ids)
        stream << id.value.toUtf8();
    return kTexts + qCompress(texts, kQuickly);
}

JobIds uuidsIn(const QByteArray& bytes)
{
    static constexpr char16_t kDigits[] = u"0123456789abcdef";
    JobIds ids;
    ids.reserve(bytes.size() / kUuidBytes);
    for (qsizetype at = 1; at + kUuidBytes <= bytes.size(); at += kUuidBytes) {
        QString text(36, u'-');
        auto c = text.begin();
        for (qsizetype i = 0; i < kUuidBytes; ++i) {
            if (i == 4 || i == 6 || i == 8 || i == 10)
                ++c;
            const auto byte = uchar(bytes[at + i]);
            *c++ = kDigits[byte >> 4];
            *c++ = kDigits[byte & 15];
        }
        ids.push_back({std::move(text)});
    }
    return ids;
}

JobIds textsIn(const QByteArray& bytes)
{
    const QByteArray texts = qUncompress(bytes.sliced(1));
    QDataStream stream(texts);
    stream.setVersion(QDataStream::Qt_6_0);
    JobIds ids;
    QByteArray id;
    while (!stream.atEnd() && stream.status() == QDataStream::Ok) {
        stream >> id;
        ids.push_back({QString::fromUtf8(id)});
    }
    return ids;
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
    return m_bytes.startsWith(kUuids) ? uuidsIn(m_bytes) : textsIn(m_bytes);
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

QVector<FrozenJobs::InState> FrozenJobs::byState() const
{
    QVector<InState> states;
    for (const Part& part : m_parts) {
        const auto known = std::find_if(states.begin(), states.end(), [&](const InState& one) {
            return one.state == part.state();
        });
        if (known != states.end())
            known->count += part.count();
        else
            states.push_back({part.state(), part.count()});
    }
    std::stable_sort(states.begin(), states.end(),
                     [](const InState& a, const InState& b) { return a.count > b.count; });
    return states;
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
