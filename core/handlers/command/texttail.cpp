// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/command/texttail.h"

namespace queuedeck::handlers {

void TextTail::add(const char* data, qsizetype size)
{
    if (size > kSize) {
        data += size - kSize;
        size = kSize;
        m_wasCut = true;
    }
    m_bytes.append(data, size);
    if (m_bytes.size() > 2 * kSize) {
        m_bytes.remove(0, m_bytes.size() - kSize);
        m_wasCut = true;
    }
}

QString TextTail::text() const
{
    QByteArray bytes = m_bytes.right(kSize);
    if (m_wasCut || m_bytes.size() > kSize) {
        // At most three bytes of a character whose beginning is gone.
        qsizetype rest = 0;
        while (rest < 3 && rest < bytes.size() && (bytes[rest] & 0xC0) == 0x80)
            ++rest;
        bytes.remove(0, rest);
    }
    QString text = QString::fromUtf8(bytes);
    text.replace(QChar(0), QChar(QChar::ReplacementCharacter));
    return text.trimmed();
}

} // namespace queuedeck::handlers
