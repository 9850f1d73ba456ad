// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/stoppingpage.h"

#include "ui/widgets/emptystate.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

StoppingPage::StoppingPage(int runningJobs, QWidget* parent)
    : Page(u"stopping"_s, tr("Stopping…"), Icon::Stop, parent)
{
    auto* words = new EmptyState(this);
    words->show(Icon::Stop, tr("Stopping…"),
                runningJobs > 0 ? tr("%n job(s) that run here are handed back and stay pending. "
                                     "This takes up to 20 s.",
                                     nullptr, runningJobs)
                                : tr("What is begun is written down."));
    auto* column = new QVBoxLayout(this);
    column->addWidget(words);
}

} // namespace queuedeck::ui
