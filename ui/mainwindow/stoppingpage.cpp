// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/stoppingpage.h"

#include "ui/widgets/emptystate.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

StoppingPage::StoppingPage(const QString& title, int runningJobs, QWidget* parent)
    : Page(u"stopping"_s, tr("Stopping…"), Icon::Stop, parent)
{
    auto* words = new EmptyState(this);
    words->show(
        Icon::Stop, title,
        runningJobs == 1 ? tr("The job that runs here is handed back and stays pending.")
        : runningJobs > 1
            ? tr("The %1 jobs that run here are handed back and stay pending.").arg(runningJobs)
            : tr("What has been started is being saved."));
    auto* column = new QVBoxLayout(this);
    column->addWidget(words);
}

} // namespace queuedeck::ui
