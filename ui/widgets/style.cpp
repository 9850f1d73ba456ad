// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style.h"

#include "ui/widgets/button.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenuBar>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>

namespace queuedeck::ui {

Style::Style()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

void Style::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
        qobject_cast<QTabBar*>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto* spin = qobject_cast<QAbstractSpinBox*>(widget))
        spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth: return qobject_cast<const QLineEdit*>(widget) ? px(space::kXs) : 1;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ToolBarIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize: return px(size::kIcon);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return px(14);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing: return px(space::kS);
    case PM_ScrollBarExtent: return px(12);
    case PM_ScrollBarSliderMin: return px(32);
    case PM_SplitterWidth: return 1;
    case PM_MenuPanelWidth: return 1;
    case PM_MenuVMargin: return px(space::kXs);
    case PM_MenuHMargin: return 0;
    case PM_MenuBarPanelWidth: return 0;
    case PM_MenuBarItemSpacing: return 0;
    case PM_MenuBarHMargin: return px(6);
    case PM_MenuBarVMargin: return 0;
    case PM_TabBarTabHSpace: return px(space::kL);
    case PM_TabBarBaseHeight:
    case PM_TabBarBaseOverlap: return 0;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin: return px(space::kM);
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return px(space::kS);
    case PM_HeaderMargin: return px(space::kXs);
    case PM_HeaderMarkSize: return 0; // the arrow is part of the label
    case PM_TextCursorWidth: return qMax(1, px(1));
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_Widget_Animation_Duration:
    case SH_ComboBox_Popup:
    case SH_ScrollBar_Transient: return 0;
    case SH_UnderlineShortcut:
        // A menu bar shows its letters once Alt has given it the focus.
        return !qobject_cast<const QMenuBar*>(widget) || widget->hasFocus();
    case SH_ItemView_ShowDecorationSelected:
    case SH_MenuBar_MouseTracking:
    case SH_Menu_MouseTracking: return 1;
    case SH_TabBar_ElideMode: return Qt::ElideRight;
    case SH_ToolTipLabel_Opacity: return 255;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                              const QWidget* widget) const
{
    const int control = px(size::kControl);
    switch (type) {
    case CT_PushButton: {
        const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
        QFont font = widget ? widget->font() : QFont();
        const ButtonRole role = buttonRole(widget);
        if (role == ButtonRole::Primary || role == ButtonRole::Danger)
            font.setWeight(QFont::DemiBold);
        const QString text = button ? button->text : QString();
        int width = QFontMetrics(font).size(Qt::TextShowMnemonic, text).width();
        if (button && !button->icon.isNull())
            width += button->iconSize.width() + (text.isEmpty() ? 0 : px(space::kS));
        if (button && (button->features & QStyleOptionButton::HasMenu))
            width += px(12) + px(space::kXs);
        if (role == ButtonRole::Link)
            return {width + px(space::kXxs), px(size::kHitMin)};
        return {width + 2 * px(space::kM), qMax(control, contents.height())};
    }
    case CT_LineEdit:
        return {contents.width() + 2 * px(space::kXs), qMax(control, contents.height())};
    case CT_ComboBox: return {contents.width() + px(40), qMax(control, contents.height())};
    case CT_SpinBox:
        return {contents.width() + 2 * px(space::kS), qMax(control, contents.height())};
    case CT_ToolButton: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return size.expandedTo({control, control});
    }
    case CT_CheckBox:
    case CT_RadioButton:
        return QProxyStyle::sizeFromContents(type, option, contents + QSize(kRingAtCheck, 0),
                                             widget)
            .expandedTo({0, px(size::kHitMin)});
    case CT_MenuBarItem: return {contents.width() + 2 * px(space::kS), px(26)};
    case CT_MenuItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return {contents.width(), px(9)};
        int width = contents.width() + px(28) + px(32);
        if (item && item->text.contains(QLatin1Char('\t')))
            width += px(space::kXl);
        return {width, px(26)};
    }
    case CT_TabBarTab: return {contents.width(), px(32)};
    case CT_HeaderSection: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {size.width() + px(space::kM), px(size::kTableHeader)};
    }
    case CT_ProgressBar: return {contents.width(), px(6)};
    default: return QProxyStyle::sizeFromContents(type, option, contents, widget);
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option,
                            const QWidget* widget) const
{
    switch (element) {
    case SE_LineEditContents: {
        const int side = px(space::kXs) + 2;
        return option->rect.adjusted(side, 1, -side, -1);
    }
    // The ring around the indicator needs room at its left; layouts align the indicator.
    case SE_CheckBoxLayoutItem:
    case SE_RadioButtonLayoutItem: return option->rect.adjusted(kRingAtCheck, 0, 0, 0);
    case SE_CheckBoxIndicator:
    case SE_RadioButtonIndicator:
        return QProxyStyle::subElementRect(element, option, widget).translated(kRingAtCheck, 0);
    case SE_CheckBoxContents:
    case SE_RadioButtonContents:
        return QProxyStyle::subElementRect(element, option, widget).adjusted(kRingAtCheck, 0, 0, 0);
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
    case SE_ProgressBarLabel: return option->rect;
    case SE_PushButtonContents: return option->rect;
    default: return QProxyStyle::subElementRect(element, option, widget);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const
{
    const QRect& rect = option->rect;
    switch (element) {
    case PE_PanelButtonCommand: paintButton(*painter, *option, widget); return;
    case PE_PanelButtonTool:
    case PE_IndicatorButtonDropDown: {
        QStyleOption tool(*option);
        if (!(option->state & (State_MouseOver | State_On | State_Sunken)) && !showsFocus(*option))
            return;
        paintButton(*painter, tool, widget);
        return;
    }
    case PE_FrameDefaultButton:
    case PE_FrameStatusBarItem:
    case PE_PanelToolBar:
    case PE_PanelMenuBar:
    case PE_FrameTabBarBase:
    case PE_FrameTabWidget:
    case PE_PanelItemViewRow: return;
    case PE_FrameFocusRect:
        // Tables and lists have one ring around them, and controls draw their own.
        return;
    case PE_PanelLineEdit:
        if (!widget || !qobject_cast<const QAbstractSpinBox*>(widget->parentWidget())) {
            const auto* edit = qobject_cast<const QLineEdit*>(widget);
            if (!edit || edit->hasFrame())
                paintField(*painter, *option);
        }
        return;
    case PE_FrameLineEdit: return;
    case PE_Frame: {
        const bool isField = widget && !qobject_cast<const QAbstractItemView*>(widget) &&
                             widget->focusPolicy() != Qt::NoFocus;
        const bool hasFocus = widget && widget->hasFocus();
        paintBox(*painter, rect, Qt::transparent,
                 tokenColor(hasFocus  ? Color::Focus
                            : isField ? Color::Control
                                      : Color::Line),
                 hasFocus ? focusWidth() : 1, 0);
        return;
    }
    case PE_FrameGroupBox:
        paintBox(*painter, rect, Qt::transparent, tokenColor(Color::Line), 1, size::kRadiusPanel);
        return;
    case PE_FrameMenu:
    case PE_PanelMenu:
        painter->fillRect(rect, tokenColor(Color::Raised));
        paintBox(*painter, rect, Qt::transparent, tokenColor(Color::Control), 1, 0);
        return;
    case PE_PanelTipLabel:
        painter->fillRect(rect, tokenColor(Color::Raised));
        paintBox(*painter, rect, Qt::transparent, tokenColor(Color::Control), 1, 0);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: paintCheck(*painter, *option); return;
    case PE_IndicatorRadioButton: paintRadio(*painter, *option); return;
    case PE_IndicatorArrowDown:
        paintChevron(*painter, rect, Icon::ChevronDown, tokenColor(Color::Text));
        return;
    case PE_IndicatorArrowUp:
        paintChevron(*painter, rect, Icon::ChevronUp, tokenColor(Color::Text));
        return;
    case PE_IndicatorArrowLeft:
        paintChevron(*painter, rect, Icon::ChevronLeft, tokenColor(Color::Text));
        return;
    case PE_IndicatorArrowRight:
        paintChevron(*painter, rect, Icon::ChevronRight, tokenColor(Color::Text));
        return;
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            paintChevron(*painter, rect,
                         option->state & State_Open ? Icon::ChevronDown : Icon::ChevronRight,
                         tokenColor(Color::Muted));
        return;
    case PE_IndicatorToolBarSeparator: {
        const int x = rect.center().x();
        painter->fillRect(QRect(x, rect.top() + px(6), 1, rect.height() - px(12)),
                          tokenColor(Color::Line));
        return;
    }
    case PE_PanelItemViewItem:
        if (option->state & State_Selected) {
            painter->fillRect(
                rect,
                tokenColor(option->state & State_Active ? Color::Selection : Color::SelectionIdle));
        } else if ((option->state & State_MouseOver) && (option->state & State_Enabled)) {
            painter->fillRect(rect, tokenColor(Color::Hover));
        }
        return;
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

} // namespace queuedeck::ui
