// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/ruledelegate.h"

#include "ui/alerts/rulesmodel.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kRow = 46;
constexpr int kBar = 3;
constexpr int kCheckRoom = 36; // from the left

void paintText(QPainter& painter, const QRect& rect, TextRole role, Color color,
               const QString& text, Qt::Alignment align)
{
    painter.setFont(textFont(role));
    painter.setPen(tokenColor(color));
    painter.drawText(rect, int(align) | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}
} // namespace

// As wide as the list, which then needs no scroll bar for it.
QSize RuleDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {0, px(kRow)};
}

void RuleDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    painter->save();
    const QRect rect = option.rect;
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(rect, tokenColor(Color::Selection));
        painter->fillRect(QRect(rect.left(), rect.top(), px(kBar), rect.height()),
                          tokenColor(Color::Accent));
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(rect, tokenColor(Color::Hover));
    }
    QStyleOptionViewItem box = option;
    const int side = px(16);
    box.rect = QRect(rect.left() + px(space::kM), rect.center().y() - side / 2, side, side);
    const bool isChecked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    box.state = QStyle::State_Enabled | (isChecked ? QStyle::State_On : QStyle::State_Off);
    QApplication::style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter,
                                         option.widget);
    const QString state = index.data(RulesModel::StateRole).toString();
    const bool isOnNow = index.data(RulesModel::IsOnNowRole).toBool();
    const int stateWidth =
        QFontMetrics(textFont(TextRole::Strong)).horizontalAdvance(state) + px(space::kXl);
    const QRect right(rect.right() - px(space::kM) - stateWidth, rect.top(), stateWidth,
                      rect.height());
    paintText(*painter, right, isOnNow ? TextRole::Strong : TextRole::Body,
              isOnNow ? Color::Danger : Color::Muted, state, Qt::AlignRight | Qt::AlignVCenter);
    if (isOnNow) {
        const int mark = px(size::kStatusIcon);
        const int words = QFontMetrics(textFont(TextRole::Strong)).horizontalAdvance(state);
        paintIcon(
            *painter,
            QRect(right.right() - words - mark - px(6), rect.center().y() - mark / 2, mark, mark),
            Icon::MarkFailed, tokenColor(Color::Danger));
    }
    const int middle = rect.top() + rect.height() / 2;
    const QRect words(rect.left() + px(kCheckRoom), rect.top(),
                      right.left() - rect.left() - px(kCheckRoom), rect.height());
    paintText(*painter, QRect(words.left(), words.top(), words.width(), middle - rect.top()),
              TextRole::Strong, Color::Text, index.data(Qt::DisplayRole).toString(),
              Qt::AlignLeft | Qt::AlignBottom);
    paintText(*painter, QRect(words.left(), middle + px(1), words.width(), rect.bottom() - middle),
              TextRole::Small, Color::Muted, index.data(RulesModel::WordsRole).toString(),
              Qt::AlignLeft | Qt::AlignTop);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                      tokenColor(Color::RowLine));
    if (option.state & QStyle::State_HasFocus && showsFocus(option))
        paintFocusRing(*painter, rect.adjusted(1, 1, -1, -1));
    painter->restore();
}

bool RuleDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                               const QStyleOptionViewItem& option, const QModelIndex& index)
{
    bool isToggle = false;
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        isToggle = mouse->button() == Qt::LeftButton &&
                   mouse->position().x() < option.rect.left() + px(kCheckRoom);
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        isToggle = key == Qt::Key_Space || key == Qt::Key_Select;
    }
    if (!isToggle)
        return false;
    const bool isChecked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, isChecked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace queuedeck::ui
