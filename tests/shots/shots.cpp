// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the README's screenshots: the real program on fresh sample data, each page once the engine
// has read the cards, into resources/screenshots.
#include "app/queuedeck/program.h"
#include "core/service/engineservice.h"
#include "ui/jobs/jobspage.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QKeyEvent>
#include <QTableView>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace queuedeck;

namespace {
struct Shot
{
    QString name;
    QString page;
    ui::ThemeChoice theme;
    QSize size;
};

const Shot kShots[] = {
    {u"overview"_s, u"overview"_s, ui::ThemeChoice::Light, {1440, 900}},
    {u"jobs"_s, u"jobs"_s, ui::ThemeChoice::Light, {1440, 900}},
    {u"jobs-dark"_s, u"jobs"_s, ui::ThemeChoice::Dark, {1024, 700}},
    {u"scans"_s, u"scans"_s, ui::ThemeChoice::Light, {1440, 900}},
    {u"engine"_s, u"engine"_s, ui::ThemeChoice::Light, {1440, 900}},
};

ui::MainWindow* window()
{
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* found = qobject_cast<ui::MainWindow*>(widget))
            return found;
    }
    return nullptr;
}

void take(size_t index)
{
    if (index == std::size(kShots)) {
        QCoreApplication::exit(0); // a window that is closed asks what becomes of the running jobs
        return;
    }
    const Shot& shot = kShots[index];
    ui::Appearance::instance().choose(shot.theme);
    window()->resize(shot.size);
    window()->showPage(shot.page);
    if (auto* jobs = qobject_cast<ui::JobsPage*>(window()->currentPage())) {
        jobs->setFilterText(u"status:failed"_s);
        QTimer::singleShot(1200, jobs, [jobs] { // a person opens the newest
            auto* table = jobs->findChild<QTableView*>(u"jobs"_s);
            table->selectRow(0);
            QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
            QApplication::sendEvent(table, &press);
        });
    }
    QTimer::singleShot(2500, window(), [index, &shot] {
        const QString folder = QStringLiteral(QUEUEDECK_SOURCE_DIR "/resources/screenshots");
        QDir().mkpath(folder);
        const QString file = folder + u'/' + shot.name + u".png"_s;
        const bool isSaved = window()->grab().save(file);
        QTextStream(stdout) << (isSaved ? "wrote " : "could not write ") << file << Qt::endl;
        take(index + 1);
    });
}
} // namespace

int main(int argc, char** argv)
{
    const QTemporaryDir home;
    qputenv("QUEUEDECK_HOME", home.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
    qputenv("QUEUEDECK_ENDPOINT_URL", "https://app.example");
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    ui::Appearance::instance().install(application, ui::ThemeChoice::Light);
    app::Options options;
    options.isDemo = true;
    app::Program program(options);
    program.start();
    QTimer::singleShot(20'000, &application, [] { take(0); }); // the cards have been read by then
    return QApplication::exec();
}
