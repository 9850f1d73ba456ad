// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/payloadcolors.h"

#include "ui/widgets/theme.h"

#include <QTextBlock>

#include <algorithm>

namespace queuedeck::ui {
namespace {

/// Beyond this much text, colours cost more time than they are worth.
constexpr int kColored = 1'000'000;

Color colorOf(JsonPiece piece)
{
    switch (piece) {
    case JsonPiece::Mark: return Color::Muted;
    case JsonPiece::Key: return Color::CodeKey;
    case JsonPiece::String: return Color::CodeString;
    case JsonPiece::Number:
    case JsonPiece::Word: return Color::CodeNumber;
    case JsonPiece::Broken: break;
    }
    return Color::CodeError;
}

} // namespace

void PayloadColors::highlightBlock(const QString& text)
{
    const qsizetype start = currentBlock().position();
    if (start > kColored)
        return;
    auto span = std::lower_bound(
        m_spans.begin(), m_spans.end(), start,
        [](const JsonSpan& one, qsizetype at) { return one.start + one.length <= at; });
    for (; span != m_spans.end() && span->start < start + text.size(); ++span) {
        const qsizetype from = qMax<qsizetype>(0, span->start - start);
        const qsizetype to = qMin(text.size(), span->start + span->length - start);
        setFormat(int(from), int(to - from), tokenColor(colorOf(span->piece)));
    }
}

} // namespace queuedeck::ui
