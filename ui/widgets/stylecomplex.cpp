// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Style that draws complex controls: combo boxes, spin boxes, scroll bars.
#include "ui/widgets/style.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace queuedeck::ui {

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                            SubControl subControl, const QWidget* widget) const
{
    const QRect& rect = option->rect;
    if (control == CC_ComboBox) {
        const int arrow = px(28);
        switch (subControl) {
        case SC_ComboBoxEditField: return rect.adjusted(px(space::kS), 1, -arrow, -1);
        case SC_ComboBoxArrow: return {rect.right() - arrow + 1, rect.top(), arrow, rect.height()};
        case SC_ComboBoxFrame: return rect;
        default: break;
        }
    }
    if (control == CC_SpinBox && subControl == SC_SpinBoxEditField)
        return rect.adjusted(px(space::kXs), 1, -px(space::kXs), -1);
    if (control == CC_ScrollBar) {
        const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        const bool isUpright = bar && bar->orientation == Qt::Vertical;
        const int length = isUpright ? rect.height() : rect.width();
        switch (subControl) {
        case SC_ScrollBarAddLine:
        case SC_ScrollBarSubLine: return {};
        case SC_ScrollBarGroove: return rect;
        default: break;
        }
        if (!bar)
            return rect;
        const qint64 range = qint64(bar->maximum) - bar->minimum;
        const int handle =
            range <= 0
                ? length
                : qBound(qMin(px(32), length),
                         int(qint64(length) * bar->pageStep / (range + bar->pageStep)), length);
        const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                                  length - handle, bar->upsideDown);
        const auto part = [&](int from, int size) {
            return isUpright ? QRect(rect.left(), rect.top() + from, rect.width(), size)
                             : QRect(rect.left() + from, rect.top(), size, rect.height());
        };
        switch (subControl) {
        case SC_ScrollBarSlider: return part(start, handle);
        case SC_ScrollBarSubPage: return part(0, start);
        case SC_ScrollBarAddPage: return part(start + handle, length - start - handle);
        default: break;
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                               QPainter* painter, const QWidget* widget) const
{
    switch (control) {
    case CC_ComboBox:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            drawComboBox(*combo, *painter);
        return;
    case CC_SpinBox: paintField(*painter, *option); return;
    case CC_ScrollBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            drawScrollBar(*bar, *painter, widget);
        return;
    default: QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

void Style::drawComboBox(const QStyleOptionComboBox& combo, QPainter& painter) const
{
    const bool isEnabled = combo.state & State_Enabled;
    if (combo.editable) {
        paintField(painter, combo);
    } else {
        const bool isHovered = isEnabled && (combo.state & State_MouseOver);
        const bool hasFocus = combo.state & State_HasFocus;
        paintBox(painter, combo.rect,
                 tokenColor(!isEnabled  ? Color::Window
                            : isHovered ? Color::Hover
                                        : Color::Base),
                 tokenColor(hasFocus    ? Color::Focus
                            : isEnabled ? Color::Control
                                        : Color::Line),
                 hasFocus ? focusWidth() : 1);
    }
    const QRect arrow = proxy()->subControlRect(CC_ComboBox, &combo, SC_ComboBoxArrow, nullptr);
    paintChevron(painter, arrow, Icon::ChevronDown,
                 tokenColor(isEnabled ? Color::Text : Color::Muted));
}

void Style::drawScrollBar(const QStyleOptionSlider& bar, QPainter& painter,
                          const QWidget* widget) const
{
    if (bar.maximum <= bar.minimum)
        return;
    QRect slider = proxy()->subControlRect(CC_ScrollBar, &bar, SC_ScrollBarSlider, widget);
    const int inset = px(3);
    slider.adjust(inset, inset, -inset, -inset);
    const bool isActive = bar.state & (State_MouseOver | State_Sunken);
    const bool isContrast = Appearance::instance().theme() == Theme::HighContrast;
    const QColor color = tokenColor(isActive || isContrast ? Color::Control : Color::Line);
    paintBox(painter, slider, isActive || isContrast ? color : color.darker(112), Qt::transparent,
             0, 3);
}

} // namespace queuedeck::ui
