// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/loghistogram.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
// A bucket holds what is above one power of this, up to the next: its middle is then at most
// kError away from everything in it.
constexpr double kGrowth = (1 + LogHistogram::kError) / (1 - LogHistogram::kError);
// A hundred years. What is longer counts as this long.
constexpr std::chrono::microseconds kLongest = std::chrono::hours(24 * 36525);
constexpr qint64 kMostBuckets = 1000;
const QString kVersion = u"v1"_s;
} // namespace

size_t LogHistogram::bucketOf(Duration duration)
{
    static const double scale = 1 / std::log(kGrowth);
    if (duration.count() <= 0)
        return 0;
    const double micros = double(std::min(duration, kLongest).count());
    return 1 + size_t(std::ceil(std::log(micros) * scale - 1e-9));
}

double LogHistogram::valueOf(size_t bucket)
{
    if (bucket == 0)
        return 0;
    return 2 * std::pow(kGrowth, double(bucket) - 1) / (kGrowth + 1);
}

void LogHistogram::add(Duration duration, qint64 times)
{
    const Duration counted = std::clamp(duration, Duration(0), kLongest);
    const size_t bucket = bucketOf(counted);
    if (bucket >= m_buckets.size())
        m_buckets.resize(bucket + 1);
    m_buckets[bucket] += times;
    m_count += times;
    m_sum += counted * times;
}

void LogHistogram::merge(const LogHistogram& other)
{
    if (other.m_buckets.size() > m_buckets.size())
        m_buckets.resize(other.m_buckets.size());
    for (size_t i = 0; i < other.m_buckets.size(); ++i)
        m_buckets[i] += other.m_buckets[i];
    m_count += other.m_count;
    m_sum += other.m_sum;
}

std::optional<LogHistogram::Duration> LogHistogram::percentile(double part) const
{
    if (m_count == 0)
        return {};
    const qint64 rank = std::clamp(qint64(std::ceil(part * double(m_count))), qint64(1), m_count);
    qint64 seen = 0;
    size_t bucket = 0;
    for (; bucket < m_buckets.size(); ++bucket) {
        seen += m_buckets[bucket];
        if (seen >= rank)
            break;
    }
    return Duration(qint64(std::llround(valueOf(bucket))));
}

qint64 LogHistogram::countUpTo(Duration limit) const
{
    qint64 count = 0;
    for (size_t i = 0; i < m_buckets.size() && valueOf(i) <= double(limit.count()); ++i)
        count += m_buckets[i];
    return count;
}

QString LogHistogram::toText() const
{
    if (m_count == 0)
        return {};
    QString text = kVersion + u' ' + QString::number(m_sum.count());
    for (size_t i = 0; i < m_buckets.size(); ++i) {
        if (m_buckets[i] > 0)
            text += u' ' + QString::number(i) + u':' + QString::number(m_buckets[i]);
    }
    return text;
}

std::optional<LogHistogram> LogHistogram::fromText(const QString& text)
{
    LogHistogram histogram;
    if (text.isEmpty())
        return histogram;
    const auto parts = QStringView(text).split(u' ');
    if (parts.size() < 2 || parts[0] != kVersion)
        return {};
    bool isNumber = false;
    histogram.m_sum = Duration(parts[1].toLongLong(&isNumber));
    if (!isNumber || histogram.m_sum.count() < 0)
        return {};
    for (qsizetype i = 2; i < parts.size(); ++i) {
        const qsizetype colon = parts[i].indexOf(u':');
        if (colon < 0)
            return {};
        bool isCount = false;
        const qint64 bucket = parts[i].first(colon).toLongLong(&isNumber);
        const qint64 count = parts[i].sliced(colon + 1).toLongLong(&isCount);
        if (!isNumber || !isCount || bucket < 0 || bucket >= kMostBuckets || count <= 0)
            return {};
        if (size_t(bucket) >= histogram.m_buckets.size())
            histogram.m_buckets.resize(size_t(bucket) + 1);
        histogram.m_buckets[size_t(bucket)] += count;
        histogram.m_count += count;
    }
    return histogram;
}

bool LogHistogram::operator==(const LogHistogram& other) const
{
    return m_sum == other.m_sum && m_buckets == other.m_buckets;
}

} // namespace queuedeck::domain
