// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/ending.h"

#include "core/service/engineservice.h"
#include "ui/actions/actionset.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/stoppingpage.h"

#include <QEvent>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace queuedeck::app {

Ending::Ending(service::EngineService& engine, ui::MainWindow& window, ui::ActionSet& actions)
    : m_engine(engine)
    , m_window(window)
    , m_actions(actions)
{
    m_window.installEventFilter(this);
    connect(&m_engine, &service::EngineService::quiet, this, &Ending::closeIfQuiet);
}

bool Ending::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != &m_window || event->type() != QEvent::Close || m_engine.isQuiet())
        return QObject::eventFilter(watched, event);
    event->ignore();
    if (m_engine.runningCount() > 0 && !m_hasBegun)
        ask();
    else
        begin();
    return true;
}

void Ending::begin()
{
    if (m_hasBegun)
        return;
    m_hasBegun = true;
    if (m_question)
        m_question->close();
    m_engine.stopAll();
    if (m_engine.isQuiet())
        m_window.close();
    else
        showStopping();
}

void Ending::closeIfQuiet()
{
    if (m_hasBegun && m_engine.isQuiet())
        m_window.close();
}

// What is open over the window goes: it would take the words, and its work ends anyway.
void Ending::showStopping()
{
    for (QDialog* dialog : m_window.findChildren<QDialog*>())
        dialog->close();
    for (const ui::ActionInfo& info : ui::actionTable())
        m_actions.setEnabled(info.id, false, tr("Stopping."));
    m_window.showBody(new ui::StoppingPage(m_engine.runningCount()));
}

void Ending::ask()
{
    if (m_question && m_question->isVisible()) {
        m_question->raise();
        return;
    }
    const int jobs = m_engine.runningCount();
    m_question = new QMessageBox(
        QMessageBox::NoIcon, u"Queuedeck"_s,
        jobs == 1 ? tr("1 job is running here. Stop and hand it back?")
                  : tr("%1 jobs are running here. Stop and hand them back?").arg(jobs),
        QMessageBox::NoButton, &m_window);
    m_question->setInformativeText(tr("This takes up to 20 s."));
    QPushButton* keep = m_question->addButton(tr("Keep Running"), QMessageBox::RejectRole);
    QPushButton* stop = m_question->addButton(tr("Stop and Quit"), QMessageBox::DestructiveRole);
    m_question->setDefaultButton(keep);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(stop, &QPushButton::clicked, this, &Ending::begin);
    m_question->open();
}

} // namespace queuedeck::app
