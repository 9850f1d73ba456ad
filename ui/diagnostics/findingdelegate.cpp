// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagnostics/findingdelegate.h"

#include "ui/diagnostics/findingsmodel.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace queuedeck::ui {

namespace {
constexpr int kHead = 34;
constexpr int kFinding = 58;
constexpr int kCheck = 27;
constexpr int kBar = 3;

void paintText(QPainter& painter, const QRect& rect, TextRole role, Color color,
               const QString& text, Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter)
{
    painter.setFont(textFont(role));
    painter.setPen(tokenColor(color));
    painter.drawText(rect, int(align) | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}

int noteWidth(const QString& note)
{
    return QFontMetrics(textFont(TextRole::Small)).horizontalAdvance(note);
}
} // namespace

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int kind = index.data(FindingsModel::KindRole).toInt();
    return {option.rect.width(), px(kind == FindingsModel::Head         ? kHead
                                    : kind == FindingsModel::FindingRow ? kFinding
                                                                        : kCheck)};
}

void FindingDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    painter->save();
    const QRect rect = option.rect;
    const QRect inner = rect.adjusted(px(14), 0, -px(14), 0);
    const int kind = index.data(FindingsModel::KindRole).toInt();
    const QString text = index.data(Qt::DisplayRole).toString();
    if (kind == FindingsModel::Head) {
        paintText(*painter, inner.adjusted(0, 0, 0, -px(6)), TextRole::Micro, Color::Muted,
                  text.toUpper(), Qt::AlignLeft | Qt::AlignBottom);
        painter->restore();
        return;
    }
    const bool isSelected = option.state & QStyle::State_Selected;
    if (isSelected) {
        painter->fillRect(rect, tokenColor(Color::Selection));
        painter->fillRect(QRect(rect.left(), rect.top(), px(kBar), rect.height()),
                          tokenColor(Color::Accent));
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(rect, tokenColor(Color::Hover));
    }
    const auto icon = static_cast<Icon>(index.data(FindingsModel::IconRole).toInt());
    const QColor color =
        tokenColor(static_cast<Color>(index.data(FindingsModel::ColorRole).toInt()));
    const int side = px(size::kStatusIcon);
    const QString note = index.data(FindingsModel::NoteRole).toString();
    QRect words = inner.adjusted(side + px(10), 0, 0, 0);
    if (kind == FindingsModel::FindingRow) {
        const int middle = rect.top() + rect.height() / 2;
        paintIcon(*painter, QRect(inner.left(), middle - side - px(1), side, side), icon, color);
        paintText(*painter, QRect(words.left(), rect.top(), words.width(), middle - rect.top()),
                  TextRole::Strong, Color::Text, text, Qt::AlignLeft | Qt::AlignBottom);
        paintText(*painter,
                  QRect(words.left(), middle + px(2), words.width(), rect.bottom() - middle),
                  TextRole::Small, Color::Muted, note, Qt::AlignLeft | Qt::AlignTop);
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                          tokenColor(Color::RowLine));
    } else {
        paintIcon(*painter, QRect(inner.left(), rect.center().y() - side / 2, side, side), icon,
                  color);
        painter->setFont(textFont(TextRole::Body));
        const int gap = px(space::kM);
        const int name = qMin(painter->fontMetrics().horizontalAdvance(text) + gap,
                              words.width() - qMin(words.width() / 3, noteWidth(note) + gap));
        paintText(*painter, words.adjusted(0, 0, -(words.width() - name), 0), TextRole::Body,
                  Color::Text, text);
        paintText(*painter, words.adjusted(name, 0, 0, 0), TextRole::Small, Color::Muted, note,
                  Qt::AlignRight | Qt::AlignVCenter);
    }
    if (option.state & QStyle::State_HasFocus && showsFocus(option))
        paintFocusRing(*painter, rect.adjusted(1, 1, -1, -1));
    painter->restore();
}

} // namespace queuedeck::ui
