// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stylepaint.h"

#include "ui/widgets/button.h"
#include "ui/widgets/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyleOption>

namespace queuedeck::ui {
namespace {

/// Restores the painter, which a style shares with its widget.
struct Saved
{
    explicit Saved(QPainter& painter)
        : m_painter(painter)
    {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
    }
    ~Saved() { m_painter.restore(); }
    QPainter& m_painter;
};

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto part = [share](int x, int y) { return int(x + (y - x) * share); };
    return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

struct ButtonInk
{
    QColor fill;
    QColor border;
    QColor text;
};

ButtonInk inkOf(const QStyleOption& option, const QWidget* widget)
{
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const bool isDown = option.state & (QStyle::State_Sunken | QStyle::State_On);
    const bool isHovered = option.state & QStyle::State_MouseOver;
    const ButtonRole role = buttonRole(widget);
    const QColor text = tokenColor(Color::Text);
    if (role == ButtonRole::Quiet || role == ButtonRole::Link) {
        QColor fill = Qt::transparent;
        if (isEnabled && isDown)
            fill = tokenColor(Color::SelectionIdle);
        else if (isEnabled && isHovered)
            fill = tokenColor(role == ButtonRole::Link ? Color::Sunken : Color::SelectionIdle);
        const Color ink = !isEnabled                 ? Color::Muted
                          : role == ButtonRole::Link ? Color::Link
                                                     : Color::Text;
        return {fill, Qt::transparent, tokenColor(ink)};
    }
    if (!isEnabled) {
        const bool isContrast = Appearance::instance().theme() == Theme::HighContrast;
        const QColor ink = tokenColor(Color::Muted);
        return {tokenColor(Color::Window), tokenColor(isContrast ? Color::RowLine : Color::Line),
                isContrast ? mixed(ink, tokenColor(Color::Window), 0.35) : ink};
    }
    if (role == ButtonRole::Primary || role == ButtonRole::Danger) {
        const bool isDanger = role == ButtonRole::Danger;
        QColor fill = tokenColor(isDanger ? Color::Danger : Color::Accent);
        if (isDown || isHovered)
            fill = mixed(fill, text, isDown ? 0.24 : 0.12);
        return {fill, fill, tokenColor(isDanger ? Color::OnDanger : Color::OnAccent)};
    }
    const Color fill = isDown ? Color::SelectionIdle : isHovered ? Color::Hover : Color::Raised;
    const bool isOn = option.state & QStyle::State_On;
    return {tokenColor(fill), tokenColor(isOn ? Color::Accent : Color::Control), text};
}

} // namespace

int focusWidth()
{
    return Appearance::instance().theme() == Theme::HighContrast ? 3 : 2;
}

bool showsFocus(const QStyleOption& option)
{
    return (option.state & QStyle::State_HasFocus) &&
           (option.state & QStyle::State_KeyboardFocusChange);
}

void paintBox(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& border,
              int borderWidth, int radius)
{
    const Saved saved(painter);
    const double half = borderWidth / 2.0;
    const bool hasBorder = borderWidth > 0 && border.alpha() > 0;
    painter.setPen(hasBorder ? QPen(border, borderWidth) : QPen(Qt::NoPen));
    painter.setBrush(fill.alpha() > 0 ? QBrush(fill) : QBrush(Qt::NoBrush));
    const QRectF box = hasBorder ? QRectF(rect).adjusted(half, half, -half, -half) : QRectF(rect);
    const double corner = qMax(0.0, px(radius) - (hasBorder ? half : 0));
    painter.drawRoundedRect(box, corner, corner);
}

void paintFocusRing(QPainter& painter, const QRect& rect, int radius)
{
    paintBox(painter, rect, Qt::transparent, tokenColor(Color::Focus), focusWidth(), radius);
}

void paintField(QPainter& painter, const QStyleOption& option)
{
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const bool hasFocus = isEnabled && (option.state & QStyle::State_HasFocus);
    paintBox(painter, option.rect, tokenColor(isEnabled ? Color::Base : Color::Window),
             tokenColor(hasFocus    ? Color::Focus
                        : isEnabled ? Color::Control
                                    : Color::Line),
             hasFocus ? focusWidth() : 1);
}

void paintButton(QPainter& painter, const QStyleOption& option, const QWidget* widget)
{
    const ButtonInk ink = inkOf(option, widget);
    paintBox(painter, option.rect, ink.fill, ink.border);
    if (!showsFocus(option))
        return;
    paintFocusRing(painter, option.rect);
    const ButtonRole role = buttonRole(widget);
    if (role == ButtonRole::Primary || role == ButtonRole::Danger) {
        // On a filled button the ring needs a gap to be seen.
        const int w = focusWidth();
        paintBox(painter, option.rect.adjusted(w, w, -w, -w), Qt::transparent,
                 tokenColor(Color::Base), 1, size::kRadiusControl - 1);
    }
}

void paintButtonLabel(QPainter& painter, const QStyleOptionButton& button, const QWidget* widget)
{
    const Saved saved(painter);
    const ButtonInk ink = inkOf(button, widget);
    const ButtonRole role = buttonRole(widget);
    QFont font = painter.font();
    if (role == ButtonRole::Primary || role == ButtonRole::Danger)
        font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const bool hasMenu = button.features & QStyleOptionButton::HasMenu;
    const int gap = button.text.isEmpty() ? 0 : px(space::kS);
    const int icon = button.icon.isNull() ? 0 : button.iconSize.width();
    const int arrow = hasMenu ? px(12) + px(space::kXs) : 0;
    const QFontMetrics metrics(font);
    const int flags = Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic | Qt::TextSingleLine;
    const int text = metrics.size(Qt::TextShowMnemonic, button.text).width();
    int width = icon + (icon ? gap : 0) + text + arrow;
    QRect rect = button.rect;
    const bool isLeft = widget && widget->property("alignLeft").toBool();
    int x = isLeft ? rect.left() + px(space::kM) : rect.left() + (rect.width() - width) / 2;
    x = qMax(x, rect.left() + (role == ButtonRole::Link ? 0 : px(space::kXs)));
    if (icon) {
        const QRect place(x, rect.center().y() - icon / 2 + 1 - icon % 2, icon, icon);
        if (ink.text == tokenColor(Color::Text)) {
            button.icon.paint(&painter, place, Qt::AlignCenter);
        } else {
            // On a filled button the drawing takes the colour of the words.
            QPixmap drawing(place.size() * painter.device()->devicePixelRatioF());
            drawing.setDevicePixelRatio(painter.device()->devicePixelRatioF());
            drawing.fill(Qt::transparent);
            QPainter tint(&drawing);
            button.icon.paint(&tint, QRect(QPoint(), place.size()));
            tint.setCompositionMode(QPainter::CompositionMode_SourceIn);
            tint.fillRect(QRect(QPoint(), place.size()), ink.text);
            tint.end();
            painter.drawPixmap(place.topLeft(), drawing);
        }
        x += icon + gap;
    }
    painter.setPen(ink.text);
    const QRect words(x, rect.top(), rect.right() + 3 - x - arrow, rect.height());
    painter.drawText(
        words, flags,
        metrics.elidedText(button.text, Qt::ElideRight, words.width(), Qt::TextShowMnemonic));
    if (hasMenu) {
        x += text + px(space::kXs);
        paintChevron(painter, QRect(x, rect.top(), px(12), rect.height()), Icon::ChevronDown,
                     ink.text);
    }
}

void paintCheck(QPainter& painter, const QStyleOption& option)
{
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const bool isOn = option.state & (QStyle::State_On | QStyle::State_NoChange);
    const QColor accent = tokenColor(isEnabled ? Color::Accent : Color::Muted);
    const QRect rect = option.rect;
    paintBox(painter, rect, isOn ? accent : tokenColor(Color::Base),
             isOn ? accent : tokenColor(isEnabled ? Color::Control : Color::Line), 1, 3);
    if (option.state & QStyle::State_On) {
        paintIcon(painter, QRectF(rect).adjusted(1, 1, -1, -1), Icon::Check,
                  tokenColor(isEnabled ? Color::OnAccent : Color::Window));
    } else if (option.state & QStyle::State_NoChange) {
        painter.fillRect(
            rect.adjusted(px(3), rect.height() / 2 - 1, -px(3), -rect.height() / 2 + 1),
            tokenColor(Color::OnAccent));
    }
    if (showsFocus(option))
        paintBox(painter, rect.adjusted(-kRingAtCheck, -kRingAtCheck, kRingAtCheck, kRingAtCheck),
                 Qt::transparent, tokenColor(Color::Focus), focusWidth(), 5);
}

void paintRadio(QPainter& painter, const QStyleOption& option)
{
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const bool isOn = option.state & QStyle::State_On;
    const QRect rect = option.rect;
    const QColor accent = tokenColor(isEnabled ? Color::Accent : Color::Muted);
    const Saved saved(painter);
    painter.setPen(isOn ? QPen(Qt::NoPen)
                        : QPen(tokenColor(isEnabled ? Color::Control : Color::Line), 1));
    painter.setBrush(isOn ? accent : tokenColor(Color::Base));
    painter.drawEllipse(isOn ? QRectF(rect) : QRectF(rect).adjusted(.5, .5, -.5, -.5));
    if (isOn) {
        painter.setBrush(tokenColor(isEnabled ? Color::OnAccent : Color::Window));
        const double hole = rect.width() * 0.32;
        painter.drawEllipse(QRectF(rect).adjusted(hole, hole, -hole, -hole));
    }
    if (showsFocus(option)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokenColor(Color::Focus), focusWidth()));
        painter.drawEllipse(QRectF(rect).adjusted(-2, -2, 2, 2));
    }
}

void paintChevron(QPainter& painter, const QRect& rect, Icon icon, const QColor& color)
{
    const int side = qMin(px(14), qMin(rect.width(), rect.height()));
    const QRect place(rect.left() + (rect.width() - side) / 2,
                      rect.top() + (rect.height() - side) / 2, side, side);
    paintIcon(painter, place, icon, color);
}

} // namespace queuedeck::ui
