// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sidebardelegate.h"

#include "ui/widgets/shown.h"
#include "ui/widgets/sidebarlist.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QPainter>

namespace queuedeck::ui {
namespace {
constexpr int kHeadAbove = 34, kHeadFirst = 26, kRailItem = 37;
}

SidebarDelegate::SidebarDelegate(SidebarList& list)
    : QStyledItemDelegate(&list)
    , m_list(list)
{
}

void SidebarDelegate::paintHead(QPainter& painter, const QRect& rect,
                                const QModelIndex& index) const
{
    painter.setFont(textFont(TextRole::Micro));
    painter.setPen(tokenColor(Color::Muted));
    const QRect words = rect.adjusted(px(18), 0, -px(18), -px(6));
    painter.drawText(words, Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(index.data().toString().toUpper(),
                                                      Qt::ElideRight, words.width()));
}

void SidebarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    painter->save();
    if (index.data(SidebarModel::HeadRole).toBool()) {
        paintHead(*painter, option.rect, index);
        painter->restore();
        return;
    }
    const bool isPages = m_list.kind() == SidebarList::Kind::Pages;
    const bool isChosen = index.data(SidebarModel::ChosenRole).toBool();
    const bool isContrast = Appearance::instance().theme() == Theme::HighContrast;
    const int side = px(space::kS);
    const QRect box = option.rect.adjusted(side, isPages ? 1 : 0, -side, isPages ? -1 : 0);
    if (isChosen && isPages && !isContrast)
        paintBox(*painter, box, tokenColor(Color::Raised), tokenColor(Color::Line));
    else if (isChosen)
        paintBox(*painter, box, tokenColor(Color::Selection), Qt::transparent, 0);
    else if (option.state & QStyle::State_MouseOver)
        paintBox(*painter, box, tokenColor(Color::SelectionIdle), Qt::transparent, 0);
    if (isChosen && isContrast)
        painter->fillRect(QRect(box.left(), box.top(), 3, box.height()), tokenColor(Color::Accent));
    const bool isCurrent = m_list.currentIndex() == index && m_list.hasFocus() &&
                           m_list.window()->testAttribute(Qt::WA_KeyboardFocusChange);
    if (isCurrent)
        paintFocusRing(*painter, box);

    QRect words = box.adjusted(px(isPages ? space::kM : 10) - 1, 0, -px(10), 0);
    const int iconSide = px(isPages ? size::kIcon : size::kStatusIcon);
    if (const QVariant icon = index.data(SidebarModel::IconRole); icon.isValid()) {
        const int x = m_list.isRail() ? box.center().x() - iconSide / 2 + 1 : words.left();
        const Color color =
            isPages ? Color::Text
                    : static_cast<Color>(index.data(SidebarModel::IconColorRole).toInt());
        paintIcon(*painter, QRect(x, box.center().y() - iconSide / 2 + 1, iconSide, iconSide),
                  static_cast<Icon>(icon.toInt()), tokenColor(color));
        words.setLeft(words.left() + iconSide + px(isPages ? 9 : 7));
    }
    if (!m_list.isRail()) {
        const QFont font = textFont(isChosen ? TextRole::Strong : TextRole::Body);
        const QFont small = textFont(isChosen ? TextRole::Strong : TextRole::Small);
        const QString count = index.data(SidebarModel::CountRole).toString();
        painter->setFont(small);
        painter->setPen(tokenColor(isChosen ? Color::Text : Color::Muted));
        painter->drawText(words, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, count);
        if (!count.isEmpty())
            words.setRight(words.right() - painter->fontMetrics().horizontalAdvance(count) -
                           px(space::kS));
        painter->setFont(font);
        painter->setPen(tokenColor(Color::Text));
        painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            words.width()));
    }
    painter->restore();
}

QSize SidebarDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const int width = px(m_list.isRail() ? size::kRail : size::kSidebar);
    if (index.data(SidebarModel::HeadRole).toBool())
        return {width, px(index.row() == 0 ? kHeadFirst : kHeadAbove)};
    if (m_list.isRail())
        return {width, px(kRailItem)};
    return {width, px(m_list.kind() == SidebarList::Kind::Pages ? size::kSidebarItem + 1
                                                                : size::kFacet + 1)};
}

bool SidebarDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() == QEvent::ToolTip && index.isValid() && m_list.isRail()) {
        showTip(event->globalPos(), index.data(Qt::AccessibleTextRole).toString(), view);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

} // namespace queuedeck::ui
