// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/ending.h"

#include "core/service/engineservice.h"
#include "ui/actions/actionset.h"
#include "ui/dialogs/changesaside.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/stoppingpage.h"
#include "ui/notice/changesoff.h"
#include "ui/widgets/place.h"

#include <QCoreApplication>
#include <QEvent>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace queuedeck::app {

Ending::Ending(service::EngineService& engine, ui::MainWindow& window, ui::ActionSet& actions)
    : m_engine(engine)
    , m_window(window)
    , m_actions(actions)
    , m_changes(ui::ChangesAside::of(&window))
{
    m_window.installEventFilter(this);
    connect(&m_engine, &service::EngineService::quiet, this, &Ending::closeIfQuiet);
    connect(&m_changes, &ui::ChangesAside::changed, this, &Ending::closeIfQuiet);
}

bool Ending::isBusy() const
{
    return m_engine.runningCount() > 0 || m_changes.isAnyRunning();
}

bool Ending::isQuiet() const
{
    return m_engine.isQuiet() && !m_changes.isAnyRunning();
}

bool Ending::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != &m_window || event->type() != QEvent::Close || isQuiet())
        return QObject::eventFilter(watched, event);
    event->ignore();
    m_afterwards = nullptr; // whatever was planned: the window closes
    if (isBusy() && !m_hasBegun)
        ask(tr("Stop and hand it back?"), tr("Stop and hand them back?"), tr("Stop and Quit"));
    else
        begin();
    return true;
}

void Ending::leave(const QString& forWhat, std::function<void()> afterwards)
{
    m_afterwards = std::move(afterwards);
    if (isBusy() && !m_hasBegun)
        ask(tr("Stop and hand it back to open %1?").arg(forWhat),
            tr("Stop and hand them back to open %1?").arg(forWhat), tr("Stop and Switch"));
    else
        stop();
}

void Ending::begin()
{
    m_afterwards = nullptr; // ending takes precedence over a change of database
    stop();
}

void Ending::stop()
{
    if (!m_hasBegun) {
        m_hasBegun = true;
        if (m_question)
            m_question->close();
        m_engine.stopAll();
        m_changes.stopAll();
        if (!m_engine.isQuiet())
            showStopping();
    }
    closeIfQuiet();
}

void Ending::closeIfQuiet()
{
    if (!m_hasBegun || !isQuiet())
        return;
    if (const auto afterwards = std::exchange(m_afterwards, nullptr))
        afterwards(); // this object may be gone afterwards
    else
        closeWindow();
}

// Qt ends the program with the last window that is seen; this one may be hidden in the tray.
void Ending::closeWindow()
{
    const bool isHidden = !m_window.isVisible();
    m_window.close();
    if (isHidden)
        QCoreApplication::quit();
}

// Open dialogs are closed: they would cover the message, and their work ends anyway.
void Ending::showStopping()
{
    for (QDialog* dialog : m_window.findChildren<QDialog*>())
        dialog->close();
    for (const ui::ActionInfo& info : ui::actionTable())
        m_actions.setEnabled(info.id, false, tr("Stopping."));
    const int jobs = m_engine.runningCount();
    m_window.showBody(new ui::StoppingPage(ui::stoppingText(jobs), jobs));
}

void Ending::ask(const QString& one, const QString& many, const QString& go)
{
    if (m_question && m_question->isVisible()) {
        m_question->raise();
        return;
    }
    const int jobs = m_engine.runningCount();
    const QString text = jobs == 0   ? tr("A change goes on here. Stop it?")
                         : jobs == 1 ? tr("1 job is running here. %1").arg(one)
                                     : tr("%1 jobs are running here. %2").arg(jobs).arg(many);
    m_question =
        new QMessageBox(QMessageBox::NoIcon, ui::titleAt(ui::placeOf(&m_window), u"Queuedeck"_s),
                        text, QMessageBox::NoButton, &m_window);
    QStringList more;
    if (jobs > 0)
        more += tr("This takes up to 20 s.");
    if (m_changes.isAnyRunning())
        more += tr("What was changed stays changed; the journal offers to resume a large change.");
    m_question->setInformativeText(more.join(u' '));
    QPushButton* keep = m_question->addButton(tr("Keep Running"), QMessageBox::RejectRole);
    QPushButton* stop = m_question->addButton(go, QMessageBox::DestructiveRole);
    m_question->setDefaultButton(keep);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(stop, &QPushButton::clicked, this, &Ending::stop);
    connect(m_question, &QDialog::finished, this, [this, stop] {
        if (m_question && m_question->clickedButton() != stop && !m_hasBegun)
            m_afterwards = nullptr; // however it was refused
    });
    m_question->open();
}

} // namespace queuedeck::app
