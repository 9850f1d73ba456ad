// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectiondelegate.h"

#include "ui/connections/connectionsmodel.h"
#include "ui/widgets/bandcolors.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/environmentmark.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace queuedeck::ui {

namespace {
constexpr int kBar = 5;

void paintGround(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const auto* const table = qobject_cast<const DataTable*>(option.widget);
    if (option.state & QStyle::State_Selected)
        painter.fillRect(
            option.rect,
            tokenColor(table && table->hasFocus() ? Color::Selection : Color::SelectionIdle));
    else if (table && table->hoveredRow() == index.row())
        painter.fillRect(option.rect, tokenColor(Color::Hover));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     tokenColor(Color::RowLine));
}

Color inkOf(const QModelIndex& index)
{
    if (const QVariant own = index.data(role::TextColor); own.isValid())
        return static_cast<Color>(own.toInt());
    return index.data(role::Muted).toBool() ? Color::Muted : Color::Text;
}
} // namespace

void ConnectionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const
{
    painter->save();
    paintGround(*painter, option, index);
    const bool isName = index.column() == ConnectionsModel::Name;
    const auto environment =
        static_cast<Environment>(index.data(ConnectionsModel::EnvironmentRole).toInt());
    const int pad = px(10);
    QRect rect = option.rect.adjusted(isName ? px(kBar + space::kM) : pad, 0, -pad, -1);
    if (isName) {
        const BandColors colors = bandColors(environment);
        const Color bar = environment == Environment::Production ? colors.background : colors.ink;
        painter->fillRect(
            QRect(option.rect.left(), option.rect.top(), px(kBar), option.rect.height() - 1),
            tokenColor(bar));
    }
    const QString lower = index.data(ConnectionsModel::LowerRole).toString();
    QRect upper = rect;
    if (!lower.isEmpty())
        upper.setBottom(rect.center().y() + px(1));
    if (const QVariant icon = index.data(ConnectionsModel::IconRole); icon.isValid()) {
        const int side = px(size::kStatusIcon);
        paintIcon(
            *painter,
            QRect(upper.left(),
                  upper.bottom() - (lower.isEmpty() ? upper.height() / 2 + side / 2 : side + px(3)),
                  side, side),
            static_cast<Icon>(icon.toInt()),
            tokenColor(static_cast<Color>(index.data(ConnectionsModel::IconColorRole).toInt())));
        upper.setLeft(upper.left() + side + px(7));
        rect.setLeft(upper.left());
    }
    const int align = (index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight ? Qt::AlignRight
                                                                                  : Qt::AlignLeft) |
                      (lower.isEmpty() ? Qt::AlignVCenter : Qt::AlignBottom) | Qt::TextSingleLine;
    const bool isStrong = isName || (index.column() == ConnectionsModel::Failed &&
                                     index.data(role::TextColor).isValid());
    painter->setFont(textFont(isStrong ? TextRole::Strong : TextRole::Body));
    painter->setPen(tokenColor(inkOf(index)));
    const QSize mark = isName ? environmentMarkSize(environment) : QSize();
    const QString text = painter->fontMetrics().elidedText(
        index.data().toString(), Qt::ElideRight,
        upper.width() - (isName ? mark.width() + px(space::kS) : 0));
    painter->drawText(upper, align, text);
    if (isName) {
        const int x = upper.left() + painter->fontMetrics().horizontalAdvance(text) + px(space::kS);
        paintEnvironmentMark(
            *painter, QRect(QPoint(x, upper.bottom() - mark.height() + px(1)), mark), environment);
    }
    if (!lower.isEmpty()) {
        const QRect below(rect.left(), rect.center().y() + px(2), rect.width(), px(18));
        painter->setFont(textFont(TextRole::Small));
        painter->setPen(tokenColor(Color::Muted));
        painter->drawText(below, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(lower, Qt::ElideRight, below.width()));
    }
    painter->restore();
}

} // namespace queuedeck::ui
