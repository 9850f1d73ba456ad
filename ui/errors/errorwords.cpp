// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errors/errorwords.h"

#include "core/domain/jobfilter.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace queuedeck::ui::errorwords {

namespace {
QDateTime inZone(const QDateTime& at)
{
    return timeZone() == TimeZone::Utc ? at.toUTC() : at.toLocalTime();
}

// The literal text around a place.
std::pair<QString, QString> around(const domain::ErrorGroup& group, size_t index)
{
    const auto end = [&](size_t which) {
        return group.varies[which].at + domain::placeholder(group.varies[which].kind).size();
    };
    const qsizetype from = index == 0 ? 0 : end(index - 1);
    const qsizetype to =
        index + 1 < group.varies.size() ? group.varies[index + 1].at : group.signature.size();
    return {group.signature.mid(from, group.varies[index].at - from),
            group.signature.mid(end(index), to - end(index))};
}
} // namespace

QString signature(const domain::ErrorGroup& group)
{
    return group.signature.isEmpty() ? QCoreApplication::translate("ErrorWords", "No error text")
                                     : group.signature;
}

QString types(const domain::ErrorGroup& group)
{
    if (group.types.size() == 1)
        return showControls(group.types.begin()->first);
    return base::counted("ErrorWords", QT_TRANSLATE_NOOP("ErrorWords", "1 type"),
                         QT_TRANSLATE_N_NOOP("ErrorWords", "%L1 types"),
                         qint64(group.types.size()));
}

QString share(double part)
{
    return QCoreApplication::translate("ErrorWords", "%1 %")
        .arg(QLocale().toString(100 * part, 'f', 1));
}

QString jobs(qint64 count)
{
    return base::counted("ErrorWords", QT_TRANSLATE_NOOP("ErrorWords", "1 job"),
                         QT_TRANSLATE_N_NOOP("ErrorWords", "%L1 jobs"), count);
}

Moment moment(const QDateTime& at, const QDateTime& now)
{
    if (!at.isValid())
        return {u"–"_s, {}};
    const QDateTime shown = inZone(at);
    const bool isToday = shown.date() == inZone(now).date();
    return {shown.toString(u"HH:mm"_s), isToday ? QCoreApplication::translate("ErrorWords", "today")
                                                : QLocale().toString(shown.date(), u"d MMM"_s)};
}

QString perHour(const QVector<qint64>& bars, const QDateTime& now)
{
    const qint64 all = std::accumulate(bars.begin(), bars.end(), qint64(0));
    if (all == 0)
        return QCoreApplication::translate("ErrorWords", "none in the last 24 hours");
    const auto most = std::max_element(bars.begin(), bars.end());
    const QDateTime hour = inZone(now.addSecs(-3600 * (bars.end() - 1 - most)));
    return QCoreApplication::translate("ErrorWords", "%1 in the last 24 hours, most at %2: %3")
        .arg(formatCount(all), hour.toString(u"HH:00"_s), formatCount(*most));
}

QString place(const domain::ErrorGroup& group, size_t index)
{
    const auto [before, after] = around(group, index);
    QString last = before.section(u' ', -1, -1, QString::SectionSkipEmpty);
    while (!last.isEmpty() && !last[0].isLetterOrNumber())
        last.remove(0, 1);
    const bool touches = !before.isEmpty() && !before.endsWith(u' ');
    QString words = last.isEmpty() ? QString() : last + (touches ? QString() : u" "_s);
    words += domain::placeholder(group.varies[index].kind);
    // A unit, and not the next word of a sentence.
    static const QStringList kNoUnits{u"of"_s, u"and"_s, u"or"_s, u"in"_s, u"at"_s,
                                      u"to"_s, u"on"_s,  u"is"_s, u"for"_s};
    const QString next = after.section(u' ', 1, 1);
    if (after.startsWith(u' ') && next.size() <= 3 && !next.isEmpty() && !kNoUnits.contains(next))
        words += u' ' + next;
    return words.trimmed();
}

QString valueFilter(const QString& groupFilter, const domain::ErrorGroup& group, size_t index,
                    const QString& value)
{
    constexpr qsizetype kMostBefore = 40;
    const QString before = around(group, index).first.right(kMostBefore);
    const QString after = around(group, index).second.left(1);
    return groupFilter + u" error:"_s + domain::quotedValue(before + value + after);
}

} // namespace queuedeck::ui::errorwords
