// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/command/spokenlines.h"

#include <cstring>

namespace queuedeck::handlers {

namespace {
const QByteArray kWord = "progress ";
constexpr qsizetype kLongest = 4 * 1024;

bool mayBeProgress(const QByteArray& beginning)
{
    return beginning.startsWith(kWord) || kWord.startsWith(beginning);
}
} // namespace

std::optional<domain::Progress> progressOfLine(const QByteArray& line)
{
    if (!line.startsWith(kWord))
        return std::nullopt;
    const QByteArray rest = line.mid(kWord.size()).trimmed();
    const qsizetype space = rest.indexOf(' ');
    const QByteArray share = space < 0 ? rest : rest.left(space);
    domain::Progress progress;
    if (share != "-") {
        bool isNumber = false;
        const double fraction = share.toDouble(&isNumber);
        if (!isNumber || !(fraction >= 0 && fraction <= 1))
            return std::nullopt;
        progress.fraction = fraction;
    }
    if (space >= 0)
        progress.text = QString::fromUtf8(rest.mid(space + 1)).trimmed();
    return progress;
}

void SpokenLines::add(const char* data, qsizetype size)
{
    while (size > 0) {
        const auto* const lineEnd = static_cast<const char*>(std::memchr(data, '\n', size_t(size)));
        const qsizetype count = lineEnd ? lineEnd - data + 1 : size;
        if (m_isOrdinary) {
            m_tail.add(data, count);
            m_isOrdinary = !lineEnd;
        } else {
            m_line.append(data, count);
            if (lineEnd) {
                take(std::exchange(m_line, {}));
            } else if (!mayBeProgress(m_line) || m_line.size() > kLongest) {
                m_tail.add(m_line.constData(), m_line.size());
                m_line.clear();
                m_isOrdinary = true;
            }
        }
        data += count;
        size -= count;
    }
}

void SpokenLines::end()
{
    take(std::exchange(m_line, {}));
}

void SpokenLines::take(const QByteArray& line)
{
    const auto progress = progressOfLine(line);
    if (!progress)
        m_tail.add(line.constData(), line.size());
    else if (m_progress)
        m_progress->report(*progress);
}

} // namespace queuedeck::handlers
