// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/format.h"

#include "core/base/visibletext.h"
#include "core/domain/shortid.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace queuedeck::ui {
namespace {

using namespace std::chrono;

constexpr auto kDateFrom = 24h * 14;

TimeZone s_zone = TimeZone::Utc;

struct Format
{
    Q_DECLARE_TR_FUNCTIONS(Format)
};

QString twoDigits(qint64 number)
{
    return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
}

QDateTime shown(const QDateTime& at)
{
    return s_zone == TimeZone::Utc ? at.toUTC() : at.toLocalTime();
}

QString notKnown()
{
    return Format::tr("not known");
}

} // namespace

TimeZone timeZone()
{
    return s_zone;
}

void setTimeZone(TimeZone zone)
{
    s_zone = zone;
}

QString formatDuration(milliseconds duration)
{
    const qint64 s = qMax<qint64>(0, duration_cast<seconds>(duration).count());
    if (s < 60)
        return Format::tr("%1 s").arg(s);
    if (s < 3600)
        return Format::tr("%1 min").arg(s / 60);
    if (s < 86400)
        return Format::tr("%1 h %2", "1 h 04").arg(s / 3600).arg(twoDigits(s % 3600 / 60));
    return Format::tr("%1 d %2 h").arg(s / 86400).arg(s % 86400 / 3600);
}

QString formatRunTime(milliseconds duration)
{
    const qint64 ms = qMax<qint64>(0, duration.count());
    if (ms < 1000)
        return Format::tr("%1 ms").arg(ms);
    if (ms < 60'000) {
        const double s = std::floor(double(ms) / 100) / 10;
        return Format::tr("%1 s").arg(QLocale().toString(s, 'f', 1));
    }
    if (ms < 3'600'000)
        return Format::tr("%1 min %2 s").arg(ms / 60'000).arg(ms % 60'000 / 1000);
    return formatDuration(duration);
}

QString formatAge(const QDateTime& at, const QDateTime& now)
{
    if (!at.isValid())
        return notKnown();
    const milliseconds age(at.msecsTo(now));
    if (age <= -1s)
        return Format::tr("in %1").arg(formatDuration(-age));
    if (age >= kDateFrom)
        return shown(at).toString(QStringLiteral("yyyy-MM-dd"));
    return formatDuration(age);
}

QString formatTime(const QDateTime& at)
{
    return at.isValid() ? shown(at).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) : notKnown();
}

QString formatClock(const QDateTime& at)
{
    return at.isValid() ? shown(at).toString(QStringLiteral("HH:mm:ss")) : notKnown();
}

QString formatBothTimes(const QDateTime& at)
{
    if (!at.isValid())
        return notKnown();
    const auto pattern = QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz");
    const QDateTime local = at.toLocalTime();
    return Format::tr("%1 UTC").arg(at.toUTC().toString(pattern)) + QLatin1Char('\n') +
           Format::tr("%1 local (%2)").arg(local.toString(pattern), local.timeZoneAbbreviation());
}

QString formatBytes(qint64 bytes)
{
    if (bytes < 1000)
        return Format::tr("%n bytes", nullptr, int(bytes));
    static const char* const kUnits[] = {
        QT_TRANSLATE_NOOP("Format", "%1 kB"), QT_TRANSLATE_NOOP("Format", "%1 MB"),
        QT_TRANSLATE_NOOP("Format", "%1 GB"), QT_TRANSLATE_NOOP("Format", "%1 TB")};
    double value = double(bytes) / 1000;
    size_t unit = 0;
    while (value >= 999.5 && unit + 1 < std::size(kUnits)) {
        value /= 1000;
        ++unit;
    }
    // One decimal where it is informative: 1.9 MB, but 412 kB and 38 MB.
    const int decimals = unit > 0 && value < 9.95 ? 1 : 0;
    return QCoreApplication::translate("Format", kUnits[unit])
        .arg(QLocale().toString(value, 'f', decimals));
}

QString formatConfidence(double confidence)
{
    return QLocale().toString(std::floor(confidence * 100 + 1e-9) / 100, 'f', 2);
}

QString showControls(const QString& text)
{
    QString visible;
    visible.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        if (unit < 0x20) {
            visible += QChar(0x2400 + unit);
        } else if (unit == 0x7f) {
            visible += QChar(0x2421);
        } else if (text[i].isHighSurrogate() && i + 1 < text.size() &&
                   text[i + 1].isLowSurrogate()) {
            const char32_t sign = QChar::surrogateToUcs4(unit, text[i + 1].unicode());
            if (!base::isHarmless(sign))
                visible += QChar(QChar::ReplacementCharacter);
            else
                visible.append(text.constData() + i, 2);
            ++i;
        } else {
            visible += base::isHarmless(unit) ? text[i] : QChar(QChar::ReplacementCharacter);
        }
    }
    return visible;
}

QString firstLine(const QString& text)
{
    for (const QStringView line : QStringView(text).split(QLatin1Char('\n'))) {
        if (const QStringView trimmed = line.trimmed(); !trimmed.isEmpty())
            return showControls(trimmed.toString());
    }
    return {};
}

QString shortId(const QString& id)
{
    return showControls(domain::shortId(id));
}

} // namespace queuedeck::ui
