// SPDX-License-Identifier: GPL-3.0-or-later
// Shows the frame and every widget with made-up content, for inspection by eye and for screenshots:
//   QUEUEDECK_THEME=dark gallery overview|jobs|widgets|first-run|keys [WIDTHxHEIGHT [FILE.png]]
#include "tests/ui/gallerypages.h"
#include "ui/actions/actionset.h"
#include "ui/connections/firstrunpage.h"
#include "ui/mainwindow/keysheet.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDateTime>
#include <QPixmap>
#include <QTimer>

using namespace queuedeck::ui;

namespace {

BandInfo bandOf(const QByteArray& environment)
{
    if (environment == "local")
        return {Environment::Local, QStringLiteral("laptop"),
                QStringLiteral("SQLite · queuedeck.db"), QStringLiteral("own"),
                QStringLiteral("Confirm")};
    if (environment == "staging")
        return {Environment::Staging, QStringLiteral("leora-staging"),
                QStringLiteral("PostgreSQL 15 · stg.leora.example"), QStringLiteral("own"),
                QStringLiteral("Confirm")};
    return {Environment::Production, QStringLiteral("leora-production"),
            QStringLiteral("PostgreSQL 15 · db.leora.example · pooler"),
            QStringLiteral("beside the web application"), QStringLiteral("Type the name")};
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Appearance::instance().install(app);
    const QStringList arguments = app.arguments();
    const QString what = arguments.value(1, QStringLiteral("jobs"));
    const QStringList size = arguments.value(2, QStringLiteral("1440x872")).split(QLatin1Char('x'));

    ActionSet actions;
    MainWindow window(actions);
    window.addPage(new GalleryOverview);
    window.addPage(new GalleryJobs(actions));
    window.addPage(new GalleryWidgets);
    window.setBand(bandOf(qgetenv("GALLERY_BAND")));
    LiveState live;
    live.isPaused = qEnvironmentVariableIsSet("GALLERY_PAUSED");
    live.snapshotAt = QDateTime::currentDateTimeUtc().addSecs(live.isPaused ? -240 : 0);
    window.setLive(live);
    window.setLastEntry(QStringLiteral("Journal: last action 14:20, 12 re-queued"));
    window.showPage(what == QLatin1String("widgets") ? QStringLiteral("scans") : what);
    if (what == QLatin1String("first-run")) {
        FirstRunInfo info;
        info.databaseUrl = QStringLiteral("postgresql://leora:•••@db.leora.example:6543/postgres");
        info.languages = {QStringLiteral("English")};
        window.showBody(new FirstRunPage(info));
    }
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();
    window.activateWindow();
    if (what == QLatin1String("jobs"))
        window.toast(QStringLiteral("12 re-queued, 1 skipped: already running."),
                     QStringLiteral("Undo"));
    auto* keys = what == QLatin1String("keys") ? new KeySheet(&window) : nullptr;
    if (keys)
        keys->open();
    if (arguments.size() > 3) {
        QTimer::singleShot(400, &window, [&] {
            (keys ? static_cast<QWidget*>(keys) : &window)->grab().save(arguments.at(3));
            app.quit();
        });
    }
    return app.exec();
}
