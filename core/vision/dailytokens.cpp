// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vision/dailytokens.h"

#include "core/base/privatefiles.h"
#include "core/base/sentence.h"

#include <QFile>
#include <QLocale>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <sys/file.h>

using namespace Qt::StringLiterals;

namespace queuedeck::vision {

using base::ErrorKind;
using base::Sentence;

namespace {
constexpr qint64 kLongestFile = 64;
constexpr qint64 kMostTokens = 1'000'000'000'000;

base::Error cannotKeep(const QString& file, const base::Sentence& why)
{
    return base::fail(
        ErrorKind::Denied,
        Sentence::tr("%1, where the tokens spent today are counted, cannot be used: %2.")
            .arg(file, why));
}

// "2026-11-29 1234\n"; nothing if it is anything else. An empty file is the first day.
std::optional<qint64> tokensIn(const QByteArray& text, const QByteArray& today)
{
    if (text.isEmpty())
        return 0;
    const QList<QByteArray> parts = text.trimmed().split(' ');
    bool isNumber = false;
    const qint64 tokens = parts.value(1).toLongLong(&isNumber);
    const bool isDay = QDate::fromString(QString::fromLatin1(parts[0]), Qt::ISODate).isValid();
    if (parts.size() != 2 || !isDay || !isNumber || tokens < 0 || tokens > kMostTokens)
        return std::nullopt;
    return parts[0] == today ? tokens : 0;
}

QByteArray dayOf(const base::Clock& clock)
{
    return clock.now().date().toString(Qt::ISODate).toLatin1();
}
} // namespace

DailyTokens::DailyTokens(QString file, qint64 most, const base::Clock& clock)
    : m_file(std::move(file))
    , m_most(most)
    , m_clock(clock)
{
}

base::Status DailyTokens::change(qint64 tokens, bool isLimited)
{
    if (const base::Status made = base::makePrivateFile(m_file); !made)
        return cannotKeep(m_file, Sentence::tr("it cannot be made private"));
    QFile file(m_file);
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered | QIODevice::ExistingOnly))
        return cannotKeep(m_file, file.errorString());
    while (::flock(file.handle(), LOCK_EX) != 0) { // held for a moment only; closing releases it
        if (errno != EINTR)
            return cannotKeep(m_file, qt_error_string(errno));
    }
    const QByteArray today = dayOf(m_clock);
    const auto before = tokensIn(file.read(kLongestFile), today);
    if (!before)
        return cannotKeep(m_file, Sentence::tr("it holds something else. Remove it to begin at 0"));
    if (isLimited && *before + tokens > m_most)
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("Today's limit of %1 tokens for Claude is reached (%2 are spent).")
                .arg(QLocale(QLocale::English).toString(m_most),
                     QLocale(QLocale::English).toString(*before)));
    const qint64 after = std::clamp<qint64>(*before + tokens, 0, kMostTokens);
    // Always as long as the longest, so that it never needs to be cut.
    const QByteArray text =
        (today + ' ' + QByteArray::number(after)).leftJustified(kLongestFile - 1) + '\n';
    if (!file.seek(0) || file.write(text) != text.size())
        return cannotKeep(m_file, file.errorString());
    return {};
}

base::Status DailyTokens::reserve(qint64 tokens)
{
    return change(tokens, true);
}

base::Status DailyTokens::settle(qint64 reserved, qint64 spent)
{
    return change(spent - reserved, false);
}

base::Result<qint64> DailyTokens::spentToday() const
{
    QFile file(m_file);
    if (!file.exists())
        return 0;
    if (!file.open(QIODevice::ReadOnly))
        return cannotKeep(m_file, file.errorString());
    const auto tokens = tokensIn(file.read(kLongestFile), dayOf(m_clock));
    if (!tokens)
        return cannotKeep(m_file, Sentence::tr("it holds something else. Remove it to begin at 0"));
    return *tokens;
}

std::chrono::milliseconds DailyTokens::untilTomorrow() const
{
    const QDateTime now = m_clock.now().toUTC();
    const QDateTime tomorrow(now.date().addDays(1), QTime(0, 0), Qt::UTC);
    return std::chrono::milliseconds(std::max<qint64>(1, now.msecsTo(tomorrow)));
}

} // namespace queuedeck::vision
