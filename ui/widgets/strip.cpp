// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/strip.h"

#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/stylepaint.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

namespace queuedeck::ui {
namespace {

struct Paint
{
    Icon icon;
    Color background;
    Color ink;
};

Paint paintOf(Strip::Kind kind)
{
    switch (kind) {
    case Strip::Kind::Info: break;
    case Strip::Kind::Ok: return {Icon::Check, Color::OkBg, Color::Completed};
    case Strip::Kind::Warning: return {Icon::Warning, Color::WarnBg, Color::Stuck};
    case Strip::Kind::Error: return {Icon::Warning, Color::ErrorBg, Color::Failed};
    }
    return {Icon::Info, Color::InfoBg, Color::Processing};
}

} // namespace

Strip::Strip(QWidget* parent)
    : QFrame(parent)
    , m_strong(new Label({}, TextRole::Strong))
    , m_text(new Label)
    , m_button(makeButton(QString(), this))
    , m_second(makeButton(QString(), this, ButtonRole::Quiet))
{
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(px(36), px(space::kXs), px(space::kS), px(space::kXs));
    row->setSpacing(px(5));
    row->addWidget(m_strong);
    row->addWidget(m_text, 1);
    row->addSpacing(px(space::kXs));
    row->addWidget(m_button);
    row->addWidget(m_second);
    setMinimumHeight(px(36));
    // Not Fixed: that is the height at the preferred width, and text that wraps in less is cut off.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    m_strong->hide();
    m_second->hide();
    connect(m_button, &QPushButton::clicked, this, &Strip::pressed);
    connect(m_second, &QPushButton::clicked, this, &Strip::secondPressed);
    hide();
}

void Strip::say(Kind kind, const QString& text, const QString& button, Icon icon)
{
    const bool isNew = isHidden() || text != m_text->text();
    m_kind = kind;
    m_icon = icon == Icon::Count ? paintOf(kind).icon : icon;
    m_text->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleName(text);
    show();
    update();
    if (isNew && (kind == Kind::Error || kind == Kind::Warning)) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void Strip::setStrong(const QString& strong)
{
    m_strong->setText(strong);
    m_strong->setVisible(!strong.isEmpty());
}

void Strip::setSecondButton(const QString& text)
{
    m_second->setText(text);
    m_second->setVisible(!text.isEmpty());
}

void Strip::setFlush(bool flush)
{
    m_isFlush = flush;
    update();
}

QString Strip::text() const
{
    return m_text->text();
}

void Strip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Paint look = paintOf(m_kind);
    const bool isContrast = Appearance::instance().theme() == Theme::HighContrast;
    paintBox(painter, rect(), tokenColor(look.background),
             isContrast ? tokenColor(look.ink) : QColor(Qt::transparent), 1,
             m_isFlush ? 0 : size::kRadiusControl);
    const int icon = px(size::kIcon);
    paintIcon(painter, QRect(px(space::kM), (height() - icon) / 2, icon, icon), m_icon,
              tokenColor(look.ink));
}

} // namespace queuedeck::ui
