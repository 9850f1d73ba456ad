// SPDX-License-Identifier: GPL-3.0-or-later
// Shows the jobs page over a database, for inspection by eye and for screenshots:
//   QUEUEDECK_THEME=dark jobslook sqlite:FILE [FILTER [WIDTHxHEIGHT [FILE.png]]]
// An empty database is filled with the sample data.
#include "core/async/deliver.h"
#include "core/service/sampledata.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/jobspage.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPixmap>
#include <QTimer>

using namespace queuedeck;
using namespace queuedeck::ui;
using namespace Qt::StringLiterals;

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Look::instance().install(app);
    const QStringList arguments = app.arguments();
    const QStringList size = arguments.value(3, u"1440x872"_s).split(u'x');

    std::shared_ptr<service::Session> session;
    ActionSet actions;
    MainWindow window(actions);
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.setBand({Environment::Local, u"laptop"_s, u"SQLite"_s, u"own"_s, u"Confirm"_s});
    const auto open = [&](const base::Result<service::Opened>& opened) {
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        session = std::make_shared<service::Session>(*opened);
        async::deliver(service::addSampleData(*session), &window, [&](const base::Result<int>&) {
            auto* page = new JobsPage(*session, actions);
            window.addPage(page);
            page->setDetail(new QLabel(u"Detail"_s));
            page->setFilterText(arguments.value(2));
            window.show();
            QTimer::singleShot(1200, page, [page] {
                auto* table = page->findChild<DataTable*>();
                if (!qEnvironmentVariableIsSet("JOBSLOOK_NOTHING_SELECTED"))
                    table->selectRow(3);
                if (qEnvironmentVariableIsSet("JOBSLOOK_DETAIL"))
                    page->openDetail();
                if (qEnvironmentVariableIsSet("JOBSLOOK_END"))
                    table->scrollToBottom();
            });
            if (arguments.size() > 4) {
                QTimer::singleShot(qEnvironmentVariableIntValue("JOBSLOOK_MS") + 2200, &window,
                                   [&] {
                                       window.grab().save(arguments.at(4));
                                       app.quit();
                                   });
            }
        });
    };
    async::deliver(service::Session::open({arguments.value(1), true, false}), &window, open);
    const int code = app.exec();
    return code;
}
