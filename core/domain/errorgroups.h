// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/domain/errorsignature.h"
#include "core/domain/job.h"

#include <QHash>

#include <map>
#include <memory>
#include <vector>

namespace queuedeck::domain {

/// A job of a group, as an example of it.
struct ErrorExample
{
    JobId id;
    QString type;
    QDateTime createdAt; ///< UTC; invalid when NULL
    QString line;        ///< of the error, what its signature is made from
    QStringList values;  ///< what was left out, in order
};

/// What was left out at one place of a signature, and how often.
struct ErrorVarying
{
    LeftOut kind = LeftOut::Number;
    qsizetype at = 0; ///< see ErrorSignature::Place
    std::map<QString, qint64> values;
    qint64 others = 0; ///< jobs with values that are not counted one by one

    /// The most frequent ones first.
    QVector<std::pair<QString, qint64>> byCount() const;
};

/// Jobs whose errors have the same signature. Times are those of their creation, as a failed row
/// does not record when it failed.
struct ErrorGroup
{
    QString signature; ///< empty: the jobs have no error
    qint64 count = 0;
    std::map<QString, qint64> types; ///< jobs by type; beyond 20 of them under kOtherTypes
    QDateTime first;                 ///< UTC; invalid where no job has a time
    QDateTime last;
    std::map<qint64, qint64> hours; ///< jobs by hour, its beginning in ms since 1970; the newest 48
    std::vector<ErrorVarying> varies;
    QVector<ErrorExample> examples; ///< the newest, at most four

    /// The text and the places of it.
    ErrorSignature asSignature() const;
    /// Jobs created in each of the `bars` hours that end with the one of `now`, the oldest first.
    QVector<qint64> perHour(const QDateTime& now, int bars = 24) const;
};

/// Counts jobs by the signatures of their errors. Tallies of different jobs add up, so whoever
/// keeps one for each part of the jobs can count a part again without the others: that is how jobs
/// are taken away. Its size is bounded: of the first kMostGroups signatures each has a group,
/// further ones are only counted. A value.
class ErrorTally
{
public:
    static constexpr int kMostGroups = 500;

    void add(const Job& job);
    void add(const ErrorTally& other);

    qint64 total() const { return m_total; }
    /// Jobs with a signature beyond the first ones. While there are any, a group may have more jobs
    /// than it says.
    qint64 others() const { return m_others; }
    /// The largest first.
    std::vector<ErrorGroup> groups() const;
    qsizetype size() const { return qsizetype(m_groups.size()); }
    /// Null if there is none.
    const ErrorGroup* group(const QString& signature) const;

private:
    ErrorGroup* groupOf(const QString& signature);

    QHash<QString, qsizetype> m_places;
    std::vector<ErrorGroup> m_groups;
    qint64 m_total = 0;
    qint64 m_others = 0;
};

/// What a list of groups shows: all of them, the largest first, and how much was counted.
struct ErrorGroups
{
    std::vector<ErrorGroup> groups;
    qint64 total = 0;  ///< jobs counted, with `others`
    qint64 others = 0; ///< see ErrorTally::others
    /// Jobs created before this were not read yet; invalid: all were.
    QDateTime readTo;
    bool isWhole = false; ///< all were read

    double share(const ErrorGroup& group) const
    {
        return total > 0 ? double(group.count) / double(total) : 0;
    }
    const ErrorGroup* find(const QString& signature) const;
};

/// Part of the jobs that match a filter, by when they were created; as in PageRequest.
struct ErrorSpan
{
    QString since;  ///< empty: no bound
    QString before; ///< likewise
};

/// Such a part as it was read.
struct ErrorSlice
{
    ErrorSpan span;
    QDateTime since; ///< UTC; of the span, invalid if it has no bound
    std::shared_ptr<const ErrorTally> tally;
};

/// A filter for the jobs of a group: what its signature says literally, joined with `filter`. It
/// may match a few more, so whoever needs exactly them must compare. `others`: groups that would
/// match as well are left out where a word tells them apart.
QString groupFilter(const QString& filter, const ErrorGroup& group,
                    const std::vector<ErrorGroup>& others = {});

/// One sentence on why a job failed: `alike` of `total` failed jobs have an error of this
/// signature. `areNewest`: only the newest ones were looked at.
base::Sentence whyItFailed(const QString& signature, qint64 alike, qint64 total, bool areNewest);

} // namespace queuedeck::domain
