// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/livecontrol.h"

#include "ui/mainwindow/bandbutton.h"
#include "ui/widgets/bandcolors.h"
#include "ui/widgets/format.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace queuedeck::ui {
namespace {

constexpr int kIntervals[] = {1, 2, 5, 10, 30, 60};
constexpr int kStaleAfterIntervals = 3;

} // namespace

LiveControl::LiveControl(QWidget* parent)
    : QFrame(parent)
    , m_pause(new BandButton)
    , m_age(new BandButton)
{
    setFixedHeight(px(size::kBandControl));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1);
    row->addWidget(m_pause);
    row->addWidget(m_age);
    m_pause->setObjectName(QStringLiteral("pause"));
    m_pause->setStrong(true);
    m_age->setObjectName(QStringLiteral("age"));
    auto* menu = new QMenu(m_age);
    fillMenu(menu);
    m_age->setMenu(menu);
    m_age->setPopupMode(QToolButton::InstantPopup);
    connect(m_pause, &QToolButton::clicked, this,
            [this] { Q_EMIT pauseToggled(!m_state.isPaused); });
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, [this] { setNow(QDateTime::currentDateTimeUtc()); });
    m_second.start();
    setState({});
}

void LiveControl::fillMenu(QMenu* menu)
{
    auto* group = new QActionGroup(menu);
    for (const int seconds : kIntervals) {
        QAction* one = menu->addAction(tr("Every %1 s").arg(seconds));
        one->setCheckable(true);
        one->setData(seconds);
        group->addAction(one);
    }
    connect(group, &QActionGroup::triggered, this, [this](const QAction* one) {
        Q_EMIT intervalChosen(std::chrono::seconds(one->data().toInt()));
    });
    connect(menu, &QMenu::aboutToShow, this, [this, group] {
        for (QAction* one : group->actions())
            one->setChecked(one->data().toInt() == m_state.interval.count());
    });
}

void LiveControl::setState(const LiveState& state)
{
    m_state = state;
    m_pause->setText(state.isPaused ? tr("Resume") : tr("Pause"));
    m_pause->setDrawing(state.isPaused ? Icon::Play : Icon::Pause);
    m_pause->setAccessibleName(m_pause->text());
    setTip(m_pause,
           state.isPaused ? tr("Query the database again") : tr("Stop every automatic query"));
    recolor();
    setNow(QDateTime::currentDateTimeUtc());
}

void LiveControl::setEnvironment(Environment environment)
{
    m_environment = environment;
    recolor();
}

bool LiveControl::isStale(const QDateTime& now) const
{
    return !m_state.isPaused && m_state.snapshotAt.isValid() &&
           m_state.snapshotAt.secsTo(now) > kStaleAfterIntervals * m_state.interval.count();
}

QString LiveControl::text() const
{
    return m_age->text();
}

QWidget* LiveControl::focusTarget() const
{
    return m_pause;
}

void LiveControl::setNow(const QDateTime& now)
{
    const bool isRead = m_state.snapshotAt.isValid();
    const QString age =
        isRead ? formatDuration(std::chrono::milliseconds(m_state.snapshotAt.msecsTo(now)))
               : QString();
    const bool stale = isStale(now);
    QString text;
    if (m_state.isPaused)
        text = isRead ? tr("Paused  %1 old").arg(age) : tr("Paused");
    else if (!isRead)
        text = tr("Live, every %1 s").arg(m_state.interval.count());
    else if (stale)
        text = tr("Live, every %1 s  •  %2 old, stale").arg(m_state.interval.count()).arg(age);
    else
        text = tr("Live, every %1 s  •  %2 old").arg(m_state.interval.count()).arg(age);
    if (text != m_age->text()) {
        m_age->setText(text);
        m_age->setStrong(stale);
        m_age->setAccessibleName(text);
    }
    setTip(m_age, stale && !m_state.reason.isEmpty() ? m_state.reason
                                                     : tr("How often the database is queried"));
}

void LiveControl::recolor()
{
    const Color ink = m_state.isPaused ? Color::OnPaused : bandColors(m_environment).ink;
    m_pause->setInk(tokenColor(ink));
    m_age->setInk(tokenColor(ink));
    update();
}

void LiveControl::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        recolor();
}

void LiveControl::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool isProd = m_environment == Environment::Production;
    const QColor ink =
        tokenColor(m_state.isPaused ? Color::OnPaused : bandColors(m_environment).ink);
    QColor border = ink;
    if (Appearance::instance().theme() != Theme::HighContrast)
        border.setAlphaF(isProd && !m_state.isPaused ? 0.45F : 0.6F);
    const QColor background = m_state.isPaused ? tokenColor(Color::PausedControl)
                              : isProd         ? tokenColor(Color::ProdControl)
                                               : QColor(Qt::transparent);
    paintBox(painter, rect(), background, border);
    painter.fillRect(QRect(m_age->x() - 1, 1, 1, height() - 2), border);
}

} // namespace queuedeck::ui
