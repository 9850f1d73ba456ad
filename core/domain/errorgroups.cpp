// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errorgroups.h"

#include "core/base/counted.h"
#include "core/domain/history.h"
#include "core/domain/jobfilter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr size_t kMostTypes = 20;
constexpr size_t kMostHours = 48;
constexpr size_t kMostValues = 12;
constexpr qsizetype kMostExamples = 4;
constexpr qsizetype kMostOfALine = 300;

void countType(ErrorGroup& group, const QString& type, qint64 count)
{
    const bool hasPlace = group.types.contains(type) || group.types.size() < kMostTypes;
    group.types[hasPlace ? type : kOtherTypes] += count;
}

void countValue(ErrorVarying& varying, const QString& value, qint64 count)
{
    if (varying.values.contains(value) || varying.values.size() < kMostValues)
        varying.values[value] += count;
    else
        varying.others += count;
}

void keepNewestHours(ErrorGroup& group)
{
    while (group.hours.size() > kMostHours)
        group.hours.erase(group.hours.begin());
}

void seen(ErrorGroup& group, const QDateTime& at)
{
    if (!at.isValid())
        return;
    if (!group.first.isValid() || at < group.first)
        group.first = at;
    if (!group.last.isValid() || at > group.last)
        group.last = at;
}

bool isNewer(const ErrorExample& one, const ErrorExample& other)
{
    return one.createdAt.isValid() &&
           (!other.createdAt.isValid() || one.createdAt > other.createdAt);
}

void addExample(ErrorGroup& group, const ErrorExample& example)
{
    const auto place =
        std::upper_bound(group.examples.begin(), group.examples.end(), example, isNewer);
    if (place == group.examples.end() && group.examples.size() >= kMostExamples)
        return;
    group.examples.insert(place, example);
    if (group.examples.size() > kMostExamples)
        group.examples.removeLast();
}

// Whether the examples would take it, without making one.
bool wantsExample(const ErrorGroup& group, const QDateTime& createdAt)
{
    if (group.examples.size() < kMostExamples)
        return true;
    const QDateTime& oldest = group.examples.last().createdAt;
    return createdAt.isValid() && (!oldest.isValid() || createdAt > oldest);
}
} // namespace

QVector<std::pair<QString, qint64>> ErrorVarying::byCount() const
{
    QVector<std::pair<QString, qint64>> sorted(values.begin(), values.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& one, const auto& other) { return one.second > other.second; });
    return sorted;
}

ErrorSignature ErrorGroup::asSignature() const
{
    ErrorSignature made;
    made.text = signature;
    for (const ErrorVarying& varying : varies)
        made.places.push_back({varying.kind, varying.at, {}});
    return made;
}

QVector<qint64> ErrorGroup::perHour(const QDateTime& now, int bars) const
{
    QVector<qint64> heights(bars, 0);
    const qint64 length = qint64(HistoryStep::Hour) * 1000;
    const qint64 current = beginOf(HistoryStep::Hour, now.toMSecsSinceEpoch());
    for (const auto& [hour, jobs] : hours) {
        const qint64 back = (current - hour) / length;
        if (hour <= current && back < bars)
            heights[bars - 1 - back] += jobs;
    }
    return heights;
}

ErrorGroup* ErrorTally::groupOf(const QString& signature)
{
    const auto known = m_places.constFind(signature);
    if (known != m_places.cend())
        return &m_groups[size_t(*known)];
    if (size() >= kMostGroups)
        return nullptr;
    m_places.insert(signature, size());
    m_groups.push_back({});
    m_groups.back().signature = signature;
    return &m_groups.back();
}

void ErrorTally::add(const Job& job)
{
    const ErrorSignature signature = signatureOf(job.error);
    ++m_total;
    ErrorGroup* const group = groupOf(signature.text);
    if (!group) {
        ++m_others;
        return;
    }
    if (group->count++ == 0) {
        for (const ErrorSignature::Place& place : signature.places)
            group->varies.push_back({place.kind, place.at, {}, 0});
    }
    countType(*group, job.type, 1);
    seen(*group, job.createdAt);
    if (job.createdAt.isValid()) {
        ++group->hours[beginOf(HistoryStep::Hour, job.createdAt.toMSecsSinceEpoch())];
        keepNewestHours(*group);
    }
    const size_t places = std::min(group->varies.size(), size_t(signature.places.size()));
    for (size_t i = 0; i < places; ++i)
        countValue(group->varies[i], signature.places[qsizetype(i)].value, 1);
    if (wantsExample(*group, job.createdAt)) {
        ErrorExample example{
            job.id, job.type, job.createdAt, tellingLine(job.error).left(kMostOfALine), {}};
        for (const ErrorSignature::Place& place : signature.places)
            example.values += place.value;
        addExample(*group, example);
    }
}

void ErrorTally::add(const ErrorTally& other)
{
    m_total += other.m_total;
    m_others += other.m_others;
    for (const ErrorGroup& theirs : other.m_groups) {
        ErrorGroup* const ours = groupOf(theirs.signature);
        if (!ours) {
            m_others += theirs.count;
            continue;
        }
        if (ours->count == 0) {
            *ours = theirs;
            continue;
        }
        ours->count += theirs.count;
        for (const auto& [type, jobs] : theirs.types)
            countType(*ours, type, jobs);
        seen(*ours, theirs.first);
        seen(*ours, theirs.last);
        for (const auto& [hour, jobs] : theirs.hours)
            ours->hours[hour] += jobs;
        keepNewestHours(*ours);
        const size_t places = std::min(ours->varies.size(), theirs.varies.size());
        for (size_t i = 0; i < places; ++i) {
            for (const auto& [text, jobs] : theirs.varies[i].values)
                countValue(ours->varies[i], text, jobs);
            ours->varies[i].others += theirs.varies[i].others;
        }
        for (const ErrorExample& example : theirs.examples)
            addExample(*ours, example);
    }
}

std::vector<ErrorGroup> ErrorTally::groups() const
{
    std::vector<ErrorGroup> sorted = m_groups;
    std::sort(sorted.begin(), sorted.end(), [](const ErrorGroup& one, const ErrorGroup& other) {
        if (one.count != other.count)
            return one.count > other.count;
        if (one.last != other.last)
            return one.last > other.last;
        return one.signature < other.signature;
    });
    return sorted;
}

const ErrorGroup* ErrorTally::group(const QString& signature) const
{
    const auto known = m_places.constFind(signature);
    return known == m_places.cend() ? nullptr : &m_groups[size_t(*known)];
}

const ErrorGroup* ErrorGroups::find(const QString& signature) const
{
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const ErrorGroup& group) {
        return group.signature == signature;
    });
    return found == groups.end() ? nullptr : &*found;
}

namespace {
constexpr qsizetype kMostTerms = 4;
constexpr qsizetype kMostLeftOut = 5;

// The longest pieces, in the order in which they stand.
QStringList longest(const QStringList& pieces, qsizetype count)
{
    QStringList sorted = pieces;
    std::stable_sort(sorted.begin(), sorted.end(), [](const QString& one, const QString& other) {
        return one.size() > other.size();
    });
    sorted = sorted.mid(0, count);
    QStringList kept;
    for (const QString& piece : pieces) {
        if (sorted.contains(piece) && !kept.contains(piece))
            kept += piece;
    }
    return kept;
}

bool containsAll(const QString& text, const QStringList& pieces)
{
    return std::all_of(pieces.begin(), pieces.end(), [&](const QString& piece) {
        return text.contains(piece, Qt::CaseInsensitive);
    });
}
} // namespace

QString groupFilter(const QString& filter, const ErrorGroup& group,
                    const std::vector<ErrorGroup>& others)
{
    QStringList terms;
    if (!filter.trimmed().isEmpty()) {
        const auto parsed = JobFilter::parse(filter);
        const bool isChoice = parsed && parsed->root().kind == FilterNode::Kind::Any;
        terms += isChoice ? u'(' + filter + u')' : filter;
    }
    if (group.signature.isEmpty())
        return (terms + QStringList(u"-has:error"_s)).join(u' ');
    const QStringList pieces = longest(literalsOf(group.asSignature()), kMostTerms);
    for (const QString& piece : pieces)
        terms += u"error:"_s + quotedValue(piece);
    if (pieces.isEmpty())
        terms += u"has:error"_s;
    qsizetype leftOut = 0;
    for (const ErrorGroup& other : others) {
        if (other.signature == group.signature || !containsAll(other.signature, pieces))
            continue;
        for (const QString& piece : longest(literalsOf(other.asSignature()), kMostTerms)) {
            if (!group.signature.contains(piece, Qt::CaseInsensitive) && leftOut < kMostLeftOut) {
                terms += u"-error:"_s + quotedValue(piece);
                ++leftOut;
                break;
            }
        }
    }
    return terms.join(u' ');
}

base::Sentence whyItFailed(const QString& signature, qint64 alike, qint64 total, bool areNewest)
{
    using base::Sentence;
    const Sentence all =
        (areNewest ? Sentence::tr("the newest %1 failed jobs") : Sentence::tr("%1 failed jobs"))
            .arg(base::formatCount(total));
    if (signature.isEmpty())
        return Sentence::tr("There is no error text, as with %1 of %2.")
            .arg(base::formatCount(alike), all);
    if (alike == 0)
        return Sentence::tr("None of %1 has this error: %2").arg(all, signature);
    if (alike == 1)
        return Sentence::tr("The only one of %1 with this error: %2").arg(all, signature);
    return Sentence::tr("%1 of %2 (%3 %) have this error: %4")
        .arg(base::formatCount(alike), all,
             QString::number(100.0 * double(alike) / double(std::max(total, alike)), 'f', 1),
             signature);
}

} // namespace queuedeck::domain
