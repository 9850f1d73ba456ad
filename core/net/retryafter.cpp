// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/retryafter.h"

#include "core/net/httpdate.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

namespace {
constexpr std::chrono::seconds kLongestWait = std::chrono::hours(24);
} // namespace

std::optional<std::chrono::seconds> retryAfter(const HttpAnswer& answer, const QDateTime& now)
{
    static const QRegularExpression kSeconds(u"^([+-]?)(\\d+)(?:\\.\\d*)?\\s*s?$"_s);
    const QByteArray text = answer.header("retry-after").trimmed();
    const auto bounded = [](qint64 seconds) {
        return std::chrono::seconds(std::clamp<qint64>(seconds, 0, kLongestWait.count()));
    };
    if (const auto match = kSeconds.match(QString::fromLatin1(text)); match.hasMatch()) {
        bool isNumber = false;
        const qint64 seconds = match.captured(2).toLongLong(&isNumber);
        if (match.captured(1) == "-"_L1)
            return bounded(0);
        return isNumber ? bounded(seconds) : kLongestWait; // out of range
    }
    const auto until = httpDate(text, now);
    if (!until)
        return {};
    // Relative to the server's clock: ours may be wrong.
    const auto theirs = httpDate(answer.header("date"), now);
    return bounded(theirs.value_or(now).secsTo(*until));
}

} // namespace queuedeck::net
