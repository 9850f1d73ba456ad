// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/upload.h"

#include "core/async/deliver.h"
#include "core/service/scanservice.h"
#include "core/service/session.h"
#include "tests/support/webserver.h"
#include "ui/scans/uploaddialog.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace queuedeck::bench {

namespace {
constexpr int kPictures = 500;

QStringList drawPictures(const QString& folder)
{
    const QImage card(QStringLiteral(QUEUEDECK_SOURCE_DIR "/resources/samples/card-01.png"));
    QStringList paths;
    for (int i = 0; i < kPictures; ++i) {
        QImage picture = card.isNull() ? QImage(1000, 600, QImage::Format_RGB32)
                                       : card.convertToFormat(QImage::Format_RGB32);
        if (card.isNull())
            picture.fill(Qt::white);
        QPainter(&picture).drawText(20, 20, QString::number(i));
        paths += u"%1/%2.jpg"_s.arg(folder).arg(i, 3, 10, QChar(u'0'));
        if (!picture.save(paths.last(), "JPEG", 85))
            qFatal("A picture cannot be written.");
    }
    return paths;
}

/// The longest time between two turns of this thread's event loop.
class Gaps
{
public:
    Gaps()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            m_longest = qMax(m_longest, m_since.nsecsElapsed());
            m_since.start();
        });
        m_since.start();
        m_timer.start();
    }
    double longestMs() const { return double(m_longest) / 1e6; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

QJsonObject uploadTo(const QString& place, const QString& database, const QStringList& paths)
{
    qputenv("QUEUEDECK_UPLOAD_TO", place.toUtf8());
    QFuture<base::Result<service::Opened>> opening =
        service::Session::open({u"sqlite:"_s + database, true});
    opening.waitForFinished();
    const auto opened = async::resultOf(opening);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    service::Session session(*opened);
    ui::UploadDialog dialog(session);
    dialog.show();
    QApplication::processEvents();
    QEventLoop done;
    QObject::connect(&dialog, &ui::UploadDialog::uploaded, &done, [&done](int count) {
        if (count == kPictures)
            done.quit();
    });
    QElapsedTimer timer;
    timer.start();
    Gaps gaps;
    QTimer::singleShot(0, &dialog, [&] { dialog.addFiles(paths); });
    QTimer::singleShot(300'000, &done, &QEventLoop::quit);
    done.exec();
    const double seconds = double(timer.elapsed()) / 1000;
    return {{u"picturesASecond"_s, kPictures / seconds},
            {u"seconds"_s, seconds},
            {u"longestGapMs"_s, gaps.longestMs()}};
}
} // namespace

QJsonObject upload()
{
    const QTemporaryDir folder;
    qputenv("QUEUEDECK_HOME", folder.filePath(u"home"_s).toUtf8());
    ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light);
    const QStringList paths = drawPictures(folder.path());
    const QString cards = folder.filePath(u"cards"_s);
    test::WebServer server([&cards](QTcpSocket& socket, const test::WebRequest& request) {
        QFile file(cards + QString::fromLatin1(request.target.mid(9)));
        const bool isThere = file.open(QIODevice::ReadOnly);
        socket.write(test::WebServer::counted(isThere ? 200 : 404, "image/jpeg",
                                              isThere ? file.readAll() : QByteArray()));
        socket.disconnectFromHost();
    });
    QJsonObject figures{{u"pictures"_s, kPictures}};
    figures[u"table"_s] = uploadTo(u"table"_s, folder.filePath(u"a.db"_s), paths);
    figures[u"folder"_s] = uploadTo(u"folder:%1?public=%2"_s.arg(cards, server.url({})),
                                    folder.filePath(u"b.db"_s), paths);
    return figures;
}

} // namespace queuedeck::bench
