// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/band.h"

#include "ui/mainwindow/bandbutton.h"
#include "ui/mainwindow/livecontrol.h"
#include "ui/widgets/bandcolors.h"
#include "ui/widgets/environmentmark.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QHBoxLayout>
#include <QKeySequence>
#include <QPainter>

namespace queuedeck::ui {

namespace {
constexpr int kFind = 268;
}

Band::Band(QWidget* parent)
    : QFrame(parent)
    , m_mark(new EnvironmentMark)
    , m_name(new Label({}, TextRole::Strong))
    , m_where(new ElidedLabel({}, TextRole::Small))
    , m_lock(new QLabel)
    , m_level(new Label({}, TextRole::Small))
    , m_find(new BandButton)
    , m_live(new LiveControl)
{
    setFixedHeight(px(size::kBand));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(px(space::kM), 0, px(space::kM), 0);
    row->setSpacing(px(10));
    row->addWidget(m_mark);
    row->addWidget(m_name);
    row->addWidget(m_where);
    row->addWidget(m_lock);
    row->addSpacing(-px(space::kXs));
    row->addWidget(m_level);
    row->addStretch(1);
    row->addWidget(m_find);
    row->addWidget(m_live);
    m_find->setObjectName(QStringLiteral("find"));
    m_find->setDrawing(Icon::Search);
    m_find->setText(tr("Job id, page or command"));
    m_find->setAccessibleName(tr("Go to a job, page or command"));
    m_find->setCap(QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText));
    setTip(m_find, tr("Find a job, a page, a connection or a command"));
    connect(m_find, &QToolButton::clicked, this, &Band::paletteWanted);
    m_lock->setFixedSize(px(14), px(14));
    setAccessibleName(tr("Connection"));
    recolor();
}

void Band::setInfo(const BandInfo& info)
{
    m_info = info;
    m_mark->setEnvironment(info.environment);
    m_name->setText(info.name);
    QStringList where{info.server, info.mode};
    where.removeAll(QString());
    m_where->setText(where.join(QStringLiteral(" · ")));
    m_level->setText(info.level);
    const QString tip = QStringList{tr("How changes are confirmed on this connection"), info.rights}
                            .join(QLatin1Char('\n'))
                            .trimmed();
    setTip(m_lock, tip);
    setTip(m_level, tip);
    m_lock->setVisible(!info.level.isEmpty());
    m_live->setEnvironment(info.environment);
    QStringList words{environmentWord(info.environment), info.name, m_where->text(), info.level,
                      info.rights};
    words.removeAll(QString());
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    setNarrow(m_isNarrow);
    recolor();
}

void Band::setNarrow(bool narrow)
{
    m_isNarrow = narrow;
    m_where->setVisible(!narrow && !m_where->text().isEmpty());
    m_find->setText(narrow ? QString() : tr("Job id, page or command"));
    m_find->setFixedWidth(narrow ? m_find->sizeHint().width() : px(kFind));
}

void Band::recolor()
{
    const Color ink = bandColors(m_info.environment).ink;
    m_name->setColor(ink);
    m_where->setColor(ink);
    m_level->setColor(ink);
    m_find->setInk(tokenColor(ink));
    m_find->setFrame(tokenColor(m_info.environment == Environment::Production ? Color::ProdControl
                                                                              : Color::Control));
    const QSize icon(px(14), px(14));
    m_lock->setPixmap(makeIcon(Icon::Lock, ink).pixmap(icon, devicePixelRatioF()));
    update();
}

void Band::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        recolor();
}

void Band::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokenColor(bandColors(m_info.environment).background));
    if (m_info.environment != Environment::Production)
        painter.fillRect(QRect(0, height() - 1, width(), 1), tokenColor(Color::Line));
}

} // namespace queuedeck::ui
