// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Style that draws menus, headers, tabs, labels of buttons and progress bars.
#include "ui/widgets/style.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace queuedeck::ui {
namespace {

void paintMenuBarItem(const QStyleOptionMenuItem& item, QPainter& painter, const QStyle& style,
                      const QWidget* widget)
{
    painter.fillRect(item.rect, tokenColor(Color::Window));
    if (item.state & (QStyle::State_Selected | QStyle::State_Sunken))
        paintBox(painter, item.rect.adjusted(0, 2, 0, -2), tokenColor(Color::SelectionIdle),
                 Qt::transparent, 0);
    const int flags =
        Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine |
        (style.styleHint(QStyle::SH_UnderlineShortcut, &item, widget) ? 0 : Qt::TextHideMnemonic);
    style.drawItemText(&painter, item.rect, flags, item.palette, item.state & QStyle::State_Enabled,
                       item.text, QPalette::ButtonText);
}

void paintHeader(const QStyleOptionHeader& header, QPainter& painter)
{
    painter.fillRect(header.rect, tokenColor(Color::Window));
    painter.fillRect(QRect(header.rect.left(), header.rect.bottom(), header.rect.width(), 1),
                     tokenColor(Color::Line));
}

void paintHeaderLabel(const QStyleOptionHeader& header, QPainter& painter)
{
    painter.save();
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(tokenColor(Color::Muted));
    QString text = header.text;
    if (header.sortIndicator == QStyleOptionHeader::SortUp) // what Qt calls a descending order
        text += QStringLiteral(" ▾");
    else if (header.sortIndicator == QStyleOptionHeader::SortDown)
        text += QStringLiteral(" ▴");
    const int pad = px(10);
    const QRect rect = header.rect.adjusted(pad, 0, -pad, -1);
    const auto horizontal = header.textAlignment & Qt::AlignHorizontal_Mask;
    painter.drawText(rect, int(horizontal | Qt::AlignVCenter) | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
    painter.restore();
}

void paintTab(const QStyleOptionTab& tab, QPainter& painter)
{
    const QRect& rect = tab.rect;
    if (tab.state & QStyle::State_Selected)
        painter.fillRect(QRect(rect.left() + px(space::kS), rect.bottom() - 1,
                               rect.width() - 2 * px(space::kS), 2),
                         tokenColor(Color::Accent));
    if (showsFocus(tab))
        paintFocusRing(painter, rect.adjusted(2, 2, -2, -3));
}

void paintTabLabel(const QStyleOptionTab& tab, QPainter& painter)
{
    const bool isSelected = tab.state & QStyle::State_Selected;
    painter.save();
    painter.setFont(textFont(isSelected ? TextRole::Strong : TextRole::Body));
    painter.setPen(tokenColor(isSelected ? Color::Text : Color::Muted));
    painter.drawText(tab.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                     tab.text);
    painter.restore();
}

void paintProgress(const QStyleOptionProgressBar& bar, QPainter& painter)
{
    const int height = qMin(bar.rect.height(), px(6));
    QRect groove(bar.rect.left(), bar.rect.center().y() - height / 2, bar.rect.width(), height);
    paintBox(painter, groove, tokenColor(Color::Sunken), tokenColor(Color::Line), 1, 3);
    const bool isBusy = bar.minimum == bar.maximum;
    const double share =
        isBusy ? 0.3 : double(bar.progress - bar.minimum) / (bar.maximum - bar.minimum);
    groove.setWidth(qBound(0, qRound(groove.width() * share), groove.width()));
    if (groove.width() > 0)
        paintBox(painter, groove, tokenColor(Color::Accent), Qt::transparent, 0, 3);
}

} // namespace

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const
{
    if (!drawItem(element, option, painter, widget))
        QProxyStyle::drawControl(element, option, painter, widget);
}

bool Style::drawItem(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const
{
    switch (element) {
    case CE_PushButtonBevel: paintButton(*painter, *option, widget); return true;
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            paintButtonLabel(*painter, *button, widget);
        return true;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            paintMenuBarItem(*item, *painter, *proxy(), widget);
        return true;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, tokenColor(Color::Window));
        return true;
    case CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            drawMenuItem(*item, *painter);
        return true;
    case CE_MenuEmptyArea: return true;
    case CE_Header:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            paintHeader(*header, *painter);
            paintHeaderLabel(*header, *painter);
        }
        return true;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, tokenColor(Color::Window));
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
            tokenColor(Color::Line));
        return true;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            paintTab(*tab, *painter);
        return true;
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            paintTabLabel(*tab, *painter);
        return true;
    case CE_ProgressBarGroove:
    case CE_ProgressBarLabel: return true;
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
            paintProgress(*bar, *painter);
        return true;
    case CE_Splitter: painter->fillRect(option->rect, tokenColor(Color::Line)); return true;
    case CE_ToolBar: return true;
    default: return false;
    }
}

void Style::drawMenuItem(const QStyleOptionMenuItem& item, QPainter& painter) const
{
    const QRect& rect = item.rect;
    if (item.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1),
                         tokenColor(Color::Line));
        return;
    }
    const bool isEnabled = item.state & State_Enabled;
    if (item.state & State_Selected)
        paintBox(painter, rect.adjusted(px(4), 0, -px(4), 0), tokenColor(Color::Selection),
                 Qt::transparent, 0);
    const int icon = px(size::kIcon);
    const QRect place(rect.left() + px(10), rect.center().y() - icon / 2, icon, icon);
    if (item.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (item.checked)
            paintIcon(painter, place, Icon::Check, tokenColor(Color::Text));
    } else if (!item.icon.isNull()) {
        item.icon.paint(&painter, place, Qt::AlignCenter,
                        isEnabled ? QIcon::Normal : QIcon::Disabled);
    }
    painter.save();
    painter.setPen(tokenColor(isEnabled ? Color::Text : Color::Muted));
    const QRect words = rect.adjusted(px(34), 0, -px(20), 0);
    const QStringList parts = item.text.split(QLatin1Char('\t'));
    painter.drawText(words,
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                     parts.first());
    if (parts.size() > 1) {
        painter.setPen(tokenColor(Color::Muted));
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                         parts.last());
    }
    painter.restore();
    if (item.menuItemType == QStyleOptionMenuItem::SubMenu)
        paintChevron(painter, QRect(rect.right() - px(20), rect.top(), px(14), rect.height()),
                     Icon::ChevronRight, tokenColor(Color::Text));
}

} // namespace queuedeck::ui
