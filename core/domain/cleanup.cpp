// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/cleanup.h"

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

CleanUp CleanUp::olderThan(int days, const QDateTime& now)
{
    CleanUp request;
    request.before = now.addDays(-days);
    return request;
}

JobFilter CleanUp::filter() const
{
    QStringList wanted;
    for (const JobStatus status : statuses)
        wanted += statusText(status);
    if (wanted.isEmpty())
        return *JobFilter::parse(u"status:completed -status:completed"_s);
    const QDateTime last = before.toUTC().addMSecs(-1); // a range includes its end
    QString text = u"status:%1 created:..%2"_s.arg(wanted.join(u','),
                                                   last.toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s));
    if (!type.isEmpty())
        text += u" type="_s + quotedValue(type);
    const auto parsed = JobFilter::parse(text);
    return parsed ? *parsed : *JobFilter::parse(u"status:completed -status:completed"_s);
}

qint64 CleanUpPreview::jobs() const
{
    qint64 sum = 0;
    for (const CleanUpLine& line : lines)
        sum += line.jobs;
    return sum;
}

qint64 CleanUpPreview::bytes() const
{
    qint64 sum = 0;
    for (const CleanUpLine& line : lines)
        sum += line.bytes;
    return sum;
}

} // namespace queuedeck::domain
