// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/visibletext.h"

namespace queuedeck::base {

namespace {
QString escaped(char32_t code)
{
    if (code < 0x20)
        return QChar(char16_t(0x2400 + code));
    if (code == 0x7F)
        return QChar(char16_t(0x2421));
    const QString hex = QString::number(uint(code), 16).toUpper();
    return code > 0xFFFF ? QStringLiteral("\\u{%1}").arg(hex)
                         : QStringLiteral("\\u%1").arg(hex, 4, QLatin1Char('0'));
}

template <class Keeps>
QString shown(const QString& text, Keeps keeps)
{
    QString out;
    qsizetype copied = 0; // usually all of it is harmless, and nothing is copied
    for (qsizetype i = 0; i < text.size();) {
        const bool isPair =
            text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t code =
            isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode();
        const qsizetype size = isPair ? 2 : 1;
        if (!isHarmless(code) && !keeps(code)) {
            out += QStringView(text).sliced(copied, i - copied);
            out += escaped(code);
            copied = i + size;
        }
        i += size;
    }
    if (copied == 0)
        return text;
    return out += QStringView(text).sliced(copied);
}
} // namespace

bool isHarmless(char32_t code)
{
    switch (QChar::category(code)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return false;
    default: break;
    }
    // Letters and marks by category, but invisible.
    return code != 0x034f && code != 0x115f && code != 0x1160 && code != 0x17b4 && code != 0x17b5 &&
           code != 0x3164 && code != 0xffa0 && (code < 0x180b || code > 0x180f);
}

QString visibleText(const QString& text)
{
    return shown(text, [](char32_t) { return false; });
}

QString visibleLines(const QString& text)
{
    return shown(text, [](char32_t code) { return code == U'\n' || code == U'\t'; });
}

} // namespace queuedeck::base
