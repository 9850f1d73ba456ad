// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace queuedeck::domain {

/// How long things took, as counts of durations in buckets whose limits grow by 4 %. Whatever was
/// added, from whatever programs and in whatever order, two of them merge exactly, and a percentile
/// is off by at most 2 % of its value. A value; durations below zero count as zero.
class LogHistogram
{
public:
    using Duration = std::chrono::microseconds;

    /// The largest relative error of a percentile, for durations of a microsecond and more.
    static constexpr double kError = 0.02;

    void add(Duration duration, qint64 times = 1);
    void merge(const LogHistogram& other);

    qint64 count() const { return m_count; }
    bool isEmpty() const { return m_count == 0; }
    /// Of everything added, exactly.
    Duration sum() const { return m_sum; }
    /// The duration that the share `part` (0 to 1) does not exceed; none where there is nothing.
    std::optional<Duration> percentile(double part) const;
    /// How many did not exceed this, to within the error.
    qint64 countUpTo(Duration limit) const;

    /// As stored: "v1 SUM BUCKET:COUNT …"; empty for an empty one.
    QString toText() const;
    /// None where the text is not of this form, such as that of a later version.
    static std::optional<LogHistogram> fromText(const QString& text);

    bool operator==(const LogHistogram& other) const;

private:
    static size_t bucketOf(Duration duration);
    static double valueOf(size_t bucket);

    std::vector<qint64> m_buckets; ///< as many as needed; the first holds zero
    qint64 m_count = 0;
    Duration m_sum{0};
};

} // namespace queuedeck::domain
