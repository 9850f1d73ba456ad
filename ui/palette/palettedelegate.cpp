// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/palettedelegate.h"

#include "ui/palette/palettemodel.h"
#include "ui/widgets/format.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace queuedeck::ui {

namespace {
constexpr int kRow = 32, kHead = 30, kSide = 16;

// Letter by letter, since the typed ones differ in weight and colour.
int paintLetters(QPainter& painter, const QRect& rect, const PaletteItem& item)
{
    const QFont plain = textFont(item.isId ? TextRole::Mono : TextRole::Body);
    QFont strong = plain;
    strong.setWeight(QFont::DemiBold);
    const QString text = showControls(item.text);
    int x = rect.left();
    qsizetype from = 0;
    while (from < text.size() && x < rect.right()) {
        const bool isFound = item.found.contains(from);
        qsizetype to = from + 1;
        while (to < text.size() && item.found.contains(to) == isFound)
            ++to;
        painter.setFont(isFound ? strong : plain);
        painter.setPen(tokenColor(!item.isEnabled ? Color::Muted
                                  : isFound       ? Color::Accent
                                                  : Color::Text));
        const QString part = painter.fontMetrics().elidedText(text.mid(from, to - from),
                                                              Qt::ElideRight, rect.right() - x);
        painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, part);
        x += painter.fontMetrics().horizontalAdvance(part);
        from = to;
    }
    return x;
}
} // namespace

int keyCapsWidth(const QStringList& keys)
{
    const QFontMetrics metrics(textFont(TextRole::Small));
    int width = 0;
    for (const QString& key : keys)
        width += std::max(metrics.horizontalAdvance(key) + px(10), px(18)) + px(4);
    return width;
}

int paintKeyCaps(QPainter& painter, const QRect& row, int right, const QStringList& keys)
{
    painter.setFont(textFont(TextRole::Small));
    int x = right - keyCapsWidth(keys) + px(4);
    const int left = x;
    for (const QString& key : keys) {
        const int width = std::max(painter.fontMetrics().horizontalAdvance(key) + px(10), px(18));
        const QRect cap(x, row.center().y() - px(8), width, px(18));
        paintBox(painter, cap, Qt::transparent, tokenColor(Color::Control), 1, 3);
        painter.setPen(tokenColor(Color::Muted));
        painter.drawText(cap, Qt::AlignCenter, key);
        x += width + px(4);
    }
    return left;
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    painter->save();
    painter->setLayoutDirection(option.direction);
    const auto* const model = qobject_cast<const PaletteModel*>(index.model());
    const PaletteItem* const item = model ? model->item(index) : nullptr;
    QRect rect = option.rect.adjusted(px(kSide), 0, -px(kSide), 0);
    if (!item) {
        painter->setFont(textFont(TextRole::Micro));
        painter->setPen(tokenColor(Color::Muted));
        painter->drawText(rect.adjusted(0, 0, 0, -px(6)),
                          Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
                          showControls(index.data().toString().toUpper()));
        painter->restore();
        return;
    }
    const bool isCurrent = option.state & QStyle::State_Selected;
    const QRect box = option.rect.adjusted(px(8), 0, -px(8), 0);
    if (isCurrent) {
        paintBox(*painter, box, tokenColor(Color::Selection), Qt::transparent, 0);
        if (Appearance::instance().theme() == Theme::HighContrast)
            painter->fillRect(QRect(box.left(), box.top(), 3, box.height()),
                              tokenColor(Color::Accent));
    } else if (option.state & QStyle::State_MouseOver) {
        paintBox(*painter, box, tokenColor(Color::Hover), Qt::transparent, 0);
    }
    const int icon = px(size::kIcon);
    if (item->icon != Icon::Count)
        paintIcon(*painter, QRect(rect.left(), rect.center().y() - icon / 2 + 1, icon, icon),
                  item->icon, tokenColor(item->isEnabled ? item->iconColor : Color::Muted));
    rect.setLeft(rect.left() + icon + px(space::kS) + 1);
    int right = rect.right();
    if (!item->keys.isEmpty())
        right = paintKeyCaps(*painter, rect, right, item->keys) - px(space::kS);
    if (!item->right.isEmpty()) {
        painter->setFont(textFont(TextRole::Small));
        painter->setPen(tokenColor(Color::Muted));
        painter->drawText(QRect(rect.left(), rect.top(), right - rect.left(), rect.height()),
                          Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, item->right);
        right -= painter->fontMetrics().horizontalAdvance(item->right) + px(space::kS);
    }
    const int end = paintLetters(
        *painter, QRect(rect.left(), rect.top(), right - rect.left(), rect.height()), *item);
    const QRect rest(end + px(10), rect.top(), right - end - px(10), rect.height());
    if (rest.width() > px(24) && !item->detail.isEmpty()) {
        painter->setFont(textFont(TextRole::Small));
        painter->setPen(tokenColor(Color::Muted));
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(showControls(item->detail),
                                                            Qt::ElideRight, rest.width()));
    }
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {option.rect.width(), px(index.data(PaletteModel::IsHead).toBool() ? kHead : kRow)};
}

} // namespace queuedeck::ui
