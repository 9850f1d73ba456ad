// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toast.h"

#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/stylepaint.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace queuedeck::ui {

Toast::Toast(QWidget* parent, std::chrono::milliseconds lifetime)
    : QFrame(parent)
    , m_text(new Label)
    , m_action(makeButton(QString(), this, ButtonRole::Link))
    , m_close(makeIconButton(Icon::Close, tr("Close"), this))
{
    m_text->setWordWrap(true);
    QFont strong = m_action->font();
    strong.setWeight(QFont::DemiBold);
    m_action->setFont(strong);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(px(40), px(5), px(space::kS), px(5));
    row->setSpacing(px(space::kM));
    row->addWidget(m_text);
    row->addWidget(m_action);
    row->addWidget(m_close);
    m_timer.setSingleShot(true);
    m_timer.setInterval(lifetime);
    connect(&m_timer, &QTimer::timeout, this, &Toast::dismiss);
    connect(m_close, &QToolButton::clicked, this, &Toast::dismiss);
    connect(m_action, &QPushButton::clicked, this, [this] {
        dismiss();
        Q_EMIT actionPressed();
    });
    connect(qApp, &QApplication::focusChanged, this, &Toast::holdOrRun);
    parent->installEventFilter(this);
    hide();
}

void Toast::say(const QString& text, const QString& action, Tone tone)
{
    m_tone = tone;
    update();
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    m_timer.stop();
    place(); // first: where it is shown decides whether it is hovered
    show();
    raise();
    holdOrRun();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString Toast::text() const
{
    return m_text->text();
}

QWidget* Toast::focusTarget() const
{
    return m_action->isHidden() ? static_cast<QWidget*>(m_close) : m_action;
}

void Toast::place()
{
    const int margin = px(space::kM);
    const QSize room = parentWidget()->size();
    // A few sentences get long: wrapped, they are easier to read than on one line across the page.
    m_text->setMinimumWidth(qMin(m_text->fontMetrics().horizontalAdvance(m_text->text()) + px(2),
                                 qMin(px(520), room.width() / 2)));
    m_text->setMaximumWidth(m_text->minimumWidth());
    m_text->setMinimumHeight(m_text->heightForWidth(m_text->minimumWidth()));
    layout()->activate();
    const QSize size = sizeHint().boundedTo({room.width() - 2 * margin, room.height()});
    setGeometry(QRect(
        QPoint(room.width() - size.width() - margin * 2, room.height() - size.height() - margin),
        size));
}

void Toast::dismiss()
{
    if (isHidden())
        return;
    m_timer.stop();
    m_isHovered = false;
    // The focus goes back to the page, not to nowhere.
    if (isAncestorOf(QApplication::focusWidget()))
        parentWidget()->setFocus();
    hide();
    Q_EMIT closed();
}

void Toast::holdOrRun()
{
    const bool isHeld = m_isHovered || isAncestorOf(QApplication::focusWidget());
    if (isHidden() || isHeld)
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start();
}

bool Toast::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && !isHidden())
        place();
    return QFrame::eventFilter(watched, event);
}

void Toast::enterEvent(QEnterEvent* event)
{
    QFrame::enterEvent(event);
    m_isHovered = true;
    holdOrRun();
}

void Toast::leaveEvent(QEvent* event)
{
    QFrame::leaveEvent(event);
    m_isHovered = false;
    holdOrRun();
}

void Toast::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

void Toast::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), tokenColor(Color::Raised), tokenColor(Color::Control),
             Appearance::instance().theme() == Theme::HighContrast ? 2 : 1, size::kRadiusPanel);
    const int icon = px(size::kIcon);
    const QRect place(px(16), (height() - icon) / 2, icon, icon);
    switch (m_tone) {
    case Tone::Done: paintIcon(painter, place, Icon::Check, tokenColor(Color::Completed)); break;
    case Tone::Plain: paintIcon(painter, place, Icon::Info, tokenColor(Color::Processing)); break;
    case Tone::Bad: paintIcon(painter, place, Icon::Warning, tokenColor(Color::Failed)); break;
    }
}

} // namespace queuedeck::ui
