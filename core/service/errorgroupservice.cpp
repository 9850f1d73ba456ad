// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/errorgroupservice.h"

#include "core/service/sessionthreads.h"
#include "core/store/errorreader.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using domain::ErrorGroups;
using domain::ErrorSlice;

namespace {
constexpr int kFirstRows = 10'000;
constexpr int kMostRows = 200'000;
constexpr qsizetype kMostIds = 60;
constexpr qsizetype kLongestFilter = 3900;

ErrorGroups groupsOf(const domain::ErrorTally& tally, const QDateTime& readTo)
{
    return {tally.groups(), tally.total(), tally.others(), readTo, !readTo.isValid()};
}

ErrorReading sumOf(ErrorSlice slice, const ErrorGroupService::Tallies& others,
                   const QDateTime& readTo)
{
    domain::ErrorTally sum = *slice.tally;
    for (const auto& other : others)
        sum.add(*other);
    return {std::move(slice), groupsOf(sum, readTo)};
}

// A list of ids, as a filter; empty where it would be too long.
QString idFilter(const domain::FrozenJobs& jobs)
{
    if (jobs.count() > kMostIds)
        return {};
    QStringList ids;
    for (const domain::JobId& id : jobs.ids())
        ids += domain::quotedValue(id.value);
    const QString text = u"id="_s + ids.join(u',');
    return text.size() <= kLongestFilter ? text : QString();
}

qint64 countIn(const domain::FrozenJobs& jobs, const domain::FrozenJobs& set)
{
    qint64 count = 0;
    for (const domain::FrozenJobs::Part& part : jobs.parts()) {
        const domain::JobIds ids = part.ids();
        count += std::count_if(ids.begin(), ids.end(),
                               [&](const domain::JobId& id) { return set.contains(id); });
    }
    return count;
}
} // namespace

ErrorGroupService::ErrorGroupService(std::shared_ptr<SessionThreads> threads)
    : m_threads(std::move(threads))
{
}

ErrorGroupService::~ErrorGroupService() = default;

domain::JobFilter ErrorGroupService::failedJobs()
{
    return domain::JobFilter::forStatus(u"failed"_s);
}

QFuture<base::Result<ErrorReading>> ErrorGroupService::next(const domain::JobFilter& filter,
                                                            const QString& before, int rows,
                                                            const Tallies& others,
                                                            const std::stop_token& stop)
{
    return m_threads->group([=](store::JobStore& store) -> base::Result<ErrorReading> {
        auto slice = store::ErrorReader(store, filter, stop).next(before, rows);
        if (!slice)
            return slice.error();
        const QDateTime readTo = slice->since;
        return sumOf(std::move(*slice), others, readTo);
    });
}

QFuture<base::Result<ErrorReading>> ErrorGroupService::again(const domain::JobFilter& filter,
                                                             const ErrorSlice& slice,
                                                             const Tallies& others,
                                                             const std::stop_token& stop)
{
    return m_threads->group([=](store::JobStore& store) -> base::Result<ErrorReading> {
        auto now = store::ErrorReader(store, filter, stop).again(slice);
        if (!now)
            return now.error();
        return sumOf(std::move(*now), others, {});
    });
}

QFuture<base::Result<ErrorGroups>>
ErrorGroupService::all(const domain::JobFilter& filter, const std::stop_token& stop,
                       std::function<void(const ErrorGroups&)> progress)
{
    return m_threads->group([=](store::JobStore& store) -> base::Result<ErrorGroups> {
        store::ErrorReader reader(store, filter, stop);
        domain::ErrorTally sum;
        QString before;
        for (int rows = kFirstRows;; rows = std::min(2 * rows, kMostRows)) {
            const auto slice = reader.next(before, rows);
            if (!slice)
                return slice.error();
            sum.add(*slice->tally);
            if (slice->span.since.isEmpty())
                return groupsOf(sum, {});
            if (progress)
                progress(groupsOf(sum, slice->since));
            before = slice->span.since;
        }
    });
}

QFuture<base::Result<domain::FrozenJobs>> ErrorGroupService::freeze(const domain::JobFilter& filter,
                                                                    const QString& signature,
                                                                    const std::stop_token& stop)
{
    return m_threads->check([=](store::JobStore& store) {
        auto frozen = store::ErrorReader(store, filter, stop).freeze(signature);
        if (frozen)
            frozen->rememberEach();
        return frozen;
    });
}

QFuture<base::Result<GroupJobs>>
ErrorGroupService::jobsOf(const domain::JobFilter& filter, const domain::ErrorGroup& group,
                          const std::vector<domain::ErrorGroup>& all, const std::stop_token& stop)
{
    return m_threads->check([=](store::JobStore& store) -> base::Result<GroupJobs> {
        auto members = store::ErrorReader(store, filter, stop).freeze(group.signature);
        if (!members)
            return members.error();
        const auto words = domain::JobFilter::parse(domain::groupFilter(filter.text(), group, all));
        GroupJobs jobs{words ? *words : filter, members->count(), 0};
        auto matching = store.jobs.freeze(jobs.filter, stop);
        if (!matching)
            return matching.error();
        members->rememberEach();
        const qint64 found = countIn(*matching, *members);
        jobs.others = matching->count() - found;
        if (found == members->count() && jobs.others == 0)
            return jobs;
        if (const auto ids = domain::JobFilter::parse(idFilter(*members));
            ids && !members->isEmpty() && !ids->matchesAll())
            return GroupJobs{*ids, members->count(), 0};
        if (found == members->count())
            return jobs;
        // Its words are stored in another form, such as with more blanks.
        const auto whole = store.jobs.count(filter, std::numeric_limits<int>::max());
        if (!whole)
            return whole.error();
        return GroupJobs{filter, members->count(), whole->count - members->count()};
    });
}

void ErrorGroupService::stopReading()
{
    m_threads->stopGrouping();
}

} // namespace queuedeck::service
