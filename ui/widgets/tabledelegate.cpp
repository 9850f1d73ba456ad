// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tabledelegate.h"

#include "core/domain/shortid.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace queuedeck::ui {
namespace {

/// True if the digits of a font differ in width, so that columns would not line up.
bool needsDigitCells(const QFontMetrics& metrics)
{
    const int zero = metrics.horizontalAdvance(QLatin1Char('0'));
    for (char c = '1'; c <= '9'; ++c) {
        if (metrics.horizontalAdvance(QLatin1Char(c)) != zero)
            return true;
    }
    return false;
}

int digitCell(const QFontMetrics& metrics)
{
    int widest = 0;
    for (char c = '0'; c <= '9'; ++c)
        widest = qMax(widest, metrics.horizontalAdvance(QLatin1Char(c)));
    return widest;
}

int tabularWidth(const QFontMetrics& metrics, const QString& text)
{
    int width = 0;
    for (const QChar c : text)
        width += c.isDigit() ? digitCell(metrics) : metrics.horizontalAdvance(c);
    return width;
}

QFont fontOf(const QModelIndex& index)
{
    return textFont(index.data(role::FixedFont).toBool() ? TextRole::Mono
                    : index.data(role::Strong).toBool()  ? TextRole::Strong
                                                         : TextRole::Body);
}

/// Right-aligned text with every digit in a cell of the same width.
void paintTabular(QPainter& painter, const QRect& rect, const QString& text)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const int cell = digitCell(metrics);
    int x = rect.right() + 1;
    for (auto c = text.crbegin(); c != text.crend(); ++c) {
        const int advance = metrics.horizontalAdvance(*c);
        const int width = c->isDigit() ? cell : advance;
        x -= width;
        painter.drawText(QRect(x + (width - advance) / 2, rect.top(), advance + 2, rect.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, QString(*c));
    }
}

QColor backgroundOf(const QStyleOptionViewItem& option, const QModelIndex& index, bool hasFocus)
{
    const auto* table = qobject_cast<const DataTable*>(option.widget);
    const bool isHovered =
        table ? table->hoveredRow() == index.row() : bool(option.state & QStyle::State_MouseOver);
    if (option.state & QStyle::State_Selected)
        return tokenColor(hasFocus ? Color::Selection : Color::SelectionIdle);
    if (index.data(role::Flash).toBool() && !index.data(role::Absent).toBool())
        return tokenColor(Color::Flash);
    if (isHovered)
        return tokenColor(Color::Hover);
    return Qt::transparent;
}

Color inkOf(const QModelIndex& index)
{
    if (const QVariant own = index.data(role::TextColor); own.isValid())
        return static_cast<Color>(own.toInt());
    if (const QVariant mark = index.data(role::Mark); mark.isValid())
        return markColor(static_cast<Mark>(mark.toInt()));
    return index.data(role::Muted).toBool() ? Color::Muted : Color::Text;
}

void paintAbsent(QPainter& painter, const QRect& rect, const QModelIndex& index)
{
    // Lengths differ a little from row to row, so that it reads as text to come.
    const int share = 50 + (index.row() * 7 + index.column() * 13) % 4 * 10;
    const QRect bar(rect.left(), rect.center().y() - px(4) + 1, rect.width() * share / 100, px(8));
    const bool isLight = Appearance::instance().theme() == Theme::Light;
    paintBox(painter, bar, tokenColor(isLight ? Color::Sunken : Color::Line), Qt::transparent, 0,
             2);
}

} // namespace

void TableDelegate::paintGround(QPainter* painter, const QStyleOptionViewItem& option,
                                const QModelIndex& index)
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool hasFocus = view && (view->hasFocus() || view->viewport()->hasFocus());
    if (const QColor background = backgroundOf(option, index, hasFocus); background.alpha() > 0)
        painter->fillRect(option.rect, background);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      tokenColor(Color::RowLine));
    if (view && index.column() == 0 && view->currentIndex().row() == index.row() &&
        (option.state & QStyle::State_Selected || hasFocus)) {
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height()),
                          tokenColor(Color::Accent));
    }
}

void TableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    painter->save();
    paintGround(painter, option, index);
    if (const QVariant share = index.data(role::Share); share.isValid()) {
        const int height = px(2);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom() - height,
                                qRound(option.rect.width() * share.toDouble()), height),
                          tokenColor(Color::Accent));
    }

    const int pad = px(10);
    QRect rect = option.rect.adjusted(pad, 0, -pad, -1);
    if (index.data(role::Absent).toBool()) {
        paintAbsent(*painter, rect, index);
        painter->restore();
        return;
    }
    const QColor ink = tokenColor(inkOf(index));
    if (const QVariant mark = index.data(role::Mark); mark.isValid()) {
        const int icon = px(size::kStatusIcon);
        paintIcon(*painter, QRect(rect.left(), rect.center().y() - icon / 2 + 1, icon, icon),
                  markIcon(static_cast<Mark>(mark.toInt())),
                  tokenColor(markColor(static_cast<Mark>(mark.toInt()))));
        rect.setLeft(rect.left() + icon + px(7));
    }
    if (const QVariant own = index.data(role::Icon); own.isValid()) {
        const int side = px(size::kStatusIcon);
        paintIcon(*painter, QRect(rect.left(), rect.center().y() - side / 2 + 1, side, side),
                  static_cast<Icon>(own.toInt()), ink);
        rect.setLeft(rect.left() + side + px(7));
    }
    painter->setFont(fontOf(index));
    painter->setPen(ink);
    const QFontMetrics metrics = painter->fontMetrics();
    const QString text = index.data(Qt::DisplayRole).toString();
    const int align = index.data(Qt::TextAlignmentRole).isValid()
                          ? index.data(Qt::TextAlignmentRole).toInt()
                          : int(Qt::AlignLeft);
    if (align & Qt::AlignRight && needsDigitCells(metrics)) {
        paintTabular(*painter, rect, text);
    } else {
        const auto mode = index.data(role::ElideMiddle).toBool() ? Qt::ElideMiddle : Qt::ElideRight;
        painter->drawText(
            rect, (align & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter | Qt::TextSingleLine,
            align & Qt::AlignRight ? text : metrics.elidedText(text, mode, rect.width()));
    }
    if (const QString note = index.data(role::Note).toString(); !note.isEmpty()) {
        rect.setLeft(rect.left() + metrics.horizontalAdvance(text) + px(5));
        painter->setFont(textFont(TextRole::Small));
        painter->setPen(tokenColor(Color::Muted));
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(note, Qt::ElideRight, rect.width()));
    }
    painter->restore();
}

int shortIdWidth()
{
    const QFontMetrics metrics(textFont(TextRole::Mono));
    return metrics.horizontalAdvance(QString(domain::kMostOfShortId, u'm')) + 2 * px(10) + px(2);
}

QSize TableDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const QFontMetrics metrics(fontOf(index));
    const QString text = index.data().toString();
    int width = metrics.horizontalAdvance(text);
    if (index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight && needsDigitCells(metrics))
        width = tabularWidth(metrics, text);
    const int mark = index.data(role::Mark).isValid() ? px(size::kStatusIcon) + px(7) : 0;
    return {width + mark + 2 * px(10), px(size::kRow)};
}

} // namespace queuedeck::ui
