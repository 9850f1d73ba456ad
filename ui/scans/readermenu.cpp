// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/readermenu.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/scans/comparedialog.h"
#include "ui/scans/scanwords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/shown.h"

#include <QAction>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

ReaderMenu::ReaderMenu(service::Session& session, QWidget* parent)
    : QObject(parent)
    , m_session(session)
    , m_button(makeButton(tr("Read Otherwise"), parent))
{
    m_button->setObjectName(u"readOtherwise"_s);
    auto* menu = new QMenu(m_button);
    menu->setToolTipsVisible(true);
    m_here =
        menu->addAction(tr("Read Again on This Computer"), this, [this] { readAgain(u"local"_s); });
    m_claude =
        menu->addAction(tr("Read Again by Claude"), this, [this] { readAgain(u"claude"_s); });
    menu->addSeparator();
    m_compare = menu->addAction(tr("Compare Readers…"), this, &ReaderMenu::compare);
    m_button->setMenu(menu);
    setScan({}, {});
}

void ReaderMenu::setScan(const domain::Scan& scan, const QString& changesOff)
{
    m_scan = scan;
    const bool isQueued = scan.jobStatus == "pending"_L1 || scan.jobStatus == "processing"_L1;
    QString why = changesOff;
    if (scan.id.isEmpty())
        why = tr("No scan is chosen.");
    else if (isQueued)
        why = tr("Its job is in the queue already.");
    else if (markOf(scan) == Mark::Completed)
        why = tr("What was read stays. Compare Readers shows what another reader sees.");
    for (QAction* action : {m_here, m_claude}) {
        action->setEnabled(why.isEmpty());
        setTip(action, why.isEmpty() ? tr("Adds a new job for this scan, read this way") : why);
    }
    m_compare->setEnabled(!scan.id.isEmpty());
    setTip(m_compare, tr("Reads the picture now, by this computer and by Claude, and changes "
                         "nothing"));
    m_button->setEnabled(!scan.id.isEmpty());
    setTip(m_button,
           scan.id.isEmpty() ? tr("No scan is chosen.") : tr("Choose who reads this picture"));
}

// As the application does it: a new job for the scan, whose payload says who reads it.
void ReaderMenu::readAgain(const QString& reader)
{
    const QJsonObject payload{{u"scanId"_s, m_scan.id.value},
                              {u"imageUrl"_s, m_scan.imageUrl},
                              {u"scanType"_s, m_scan.scanType},
                              {u"reader"_s, reader}};
    async::deliver(m_session.jobs().enqueue(u"image_extraction"_s,
                                            QJsonDocument(payload).toJson(QJsonDocument::Compact)),
                   this, [this, reader](const base::Result<domain::JobIds>& added) {
                       if (!added) {
                           Q_EMIT failed(added.error());
                           return;
                       }
                       m_session.changes().poke();
                       Q_EMIT said(reader == "claude"_L1
                                       ? tr("A new job for this scan waits to be read by Claude")
                                       : tr("A new job for this scan waits to be read on this "
                                            "computer"));
                   });
}

void ReaderMenu::compare()
{
    (new CompareDialog(m_session.scans(), m_scan, m_button))->open();
}

} // namespace queuedeck::ui
