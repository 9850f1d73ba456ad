// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTcpSocket>

namespace queuedeck::test {

/// A running bucketserver.py, which see.
class BucketServer
{
public:
    static inline const QByteArray kKeyId = "AKIDTESTKEY";
    static inline const QByteArray kSecret = "wJalrXUtnFEMI/K7MDENG+canary/secret";
    static inline const QByteArray kRegion = "eu-test-1";

    ~BucketServer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    bool start(const QByteArray& token = {})
    {
        QStringList arguments{QStringLiteral(QUEUEDECK_TEST_SUPPORT "/bucketserver.py"),
                              QString::fromLatin1(kKeyId), QString::fromLatin1(kSecret),
                              QString::fromLatin1(kRegion)};
        if (!token.isEmpty())
            arguments += QString::fromLatin1(token);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral("python3"), arguments);
        if (!m_process.waitForReadyRead(20'000))
            return false;
        m_port = m_process.readLine().trimmed().toInt();
        return m_port > 0;
    }
    QString url(const QString& bucket) const
    {
        return QStringLiteral("http://127.0.0.1:%1/%2").arg(m_port).arg(bucket);
    }
    /// The spelling of a place in the bucket.
    QString place(const QString& bucket, const QString& style = QStringLiteral("path")) const
    {
        return QStringLiteral("s3:http://%1:%2/%3?region=%4&style=%5")
            .arg(style == QLatin1String("host") ? QStringLiteral("localhost")
                                                : QStringLiteral("127.0.0.1"))
            .arg(m_port)
            .arg(bucket, QString::fromLatin1(kRegion), style);
    }
    int port() const { return m_port; }
    /// "BUCKET/KEY TYPE SHA256" of each object.
    QStringList objects() const { return list("objects"); }
    /// "METHOD HOST TARGET" of each request but the fetches.
    QStringList requests() const { return list("requests"); }

private:
    QStringList list(const QByteArray& what) const
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(m_port));
        socket.write("GET /-/" + what + " HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n");
        while (socket.waitForReadyRead(5000) || socket.state() == QAbstractSocket::ConnectedState) {
        }
        const QByteArray answer = socket.readAll();
        const QByteArray body = answer.mid(answer.indexOf("\r\n\r\n") + 4);
        QStringList names;
        const QJsonArray array = QJsonDocument::fromJson(body).array();
        for (const auto& name : array)
            names += name.toString();
        return names;
    }

    QProcess m_process;
    int m_port = 0;
};

} // namespace queuedeck::test
