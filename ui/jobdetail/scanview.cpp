// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/scanview.h"

#include "core/async/deliver.h"
#include "core/service/scanservice.h"
#include "core/service/session.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QGridLayout>
#include <QJsonArray>
#include <QJsonDocument>

namespace queuedeck::ui {
namespace {

constexpr int kPictureHeight = 96;
constexpr int kPictureWidth = 150;
constexpr double kDoubtful = 0.75;

QString valueText(const QJsonValue& value)
{
    if (value.isString())
        return firstLine(value.toString());
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue& part : value.toArray())
            parts.append(valueText(part));
        return parts.join(QStringLiteral(", "));
    }
    if (value.isObject())
        return showControls(
            QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)));
    return value.toVariant().toString();
}

QString kindText(const QString& type)
{
    const auto known = domain::scanTypeFromText(type);
    if (!known)
        return showControls(type);
    return *known == domain::ScanType::BusinessCard ? ScanView::tr("business card")
                                                    : ScanView::tr("liquor license");
}

} // namespace

QString fieldName(const QString& key)
{
    QString name;
    for (const QChar c : key) {
        if (c.isUpper() && !name.isEmpty())
            name += QLatin1Char(' ');
        name += c == QLatin1Char('_') ? QChar(QLatin1Char(' ')) : c.toLower();
    }
    if (!name.isEmpty())
        name[0] = name[0].toUpper();
    return showControls(name);
}

ScanView::ScanView(service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_kind(new Label({}, TextRole::Body, Color::Muted))
    , m_picture(new QLabel)
    , m_fields(new QGridLayout)
    , m_note(
          new Label(tr("No scan in the table belongs to this job."), TextRole::Small, Color::Muted))
{
    m_picture->setObjectName(QStringLiteral("picture"));
    m_picture->setAccessibleName(tr("The picture of the scan"));
    m_picture->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_picture->setFixedHeight(px(kPictureHeight));
    m_picture->hide();
    m_note->setWordWrap(true);
    m_fields->setHorizontalSpacing(px(space::kS));
    m_fields->setVerticalSpacing(px(2));
    m_fields->setColumnStretch(1, 1);
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kS));
    head->addWidget(new Label(tr("Scan"), TextRole::Strong));
    head->addWidget(m_kind, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(px(space::kXs));
    right->addLayout(m_fields);
    right->addWidget(m_note);
    right->addStretch(1);
    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kM));
    row->addWidget(m_picture, 0, Qt::AlignTop);
    row->addLayout(right, 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(px(space::kS));
    all->addLayout(head);
    all->addLayout(row);
}

void ScanView::show(const std::optional<domain::ScanId>& id)
{
    if (id != m_id) {
        m_id = id;
        m_scan = {};
        m_pictureUrl.clear();
        m_picture->clear();
        m_picture->hide();
        m_kind->clear();
        clearFields();
        m_note->setText(id ? QString() : tr("No scan in the table belongs to this job."));
        m_note->setVisible(!id);
    }
    if (!id)
        return;
    async::deliver(m_session.scans().scan(*id), this,
                   [this, asked = *id](const base::Result<domain::Scan>& scan) {
                       if (m_id != asked)
                           return;
                       if (scan)
                           shown(*scan);
                       else
                           failed(scan.error());
                   });
}

void ScanView::clearFields()
{
    while (QLayoutItem* item = m_fields->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void ScanView::addField(const QString& name, const QString& value)
{
    const int row = m_fields->rowCount();
    m_fields->addWidget(new Label(name, TextRole::Small, Color::Muted), row, 0);
    auto* words = new ElidedLabel(value);
    words->setAccessibleName(tr("%1: %2", "field, value").arg(name, value));
    m_fields->addWidget(words, row, 1);
}

void ScanView::shown(const domain::Scan& scan)
{
    if (scan.imageUrl != m_pictureUrl)
        readPicture(scan.imageUrl);
    if (scan == m_scan)
        return;
    m_scan = scan;
    m_kind->setText(kindText(scan.scanType));
    clearFields();
    const auto type = domain::scanTypeFromText(scan.scanType);
    const QStringList order = type ? domain::scanFields(*type) : QStringList();
    QStringList keys;
    for (const QString& key : order) {
        if (scan.extractedData.contains(key))
            keys.append(key);
    }
    for (const QString& key : scan.extractedData.keys()) {
        if (!keys.contains(key) && key != QLatin1String("confidence"))
            keys.append(key);
    }
    for (const QString& key : keys)
        addField(fieldName(key), valueText(scan.extractedData.value(key)));
    if (const auto confidence = scan.confidence()) {
        addField(tr("Confidence"), formatConfidence(*confidence));
        if (*confidence < kDoubtful) {
            auto* last = static_cast<Label*>(m_fields->itemAt(m_fields->count() - 1)->widget());
            last->setRole(TextRole::Strong);
            last->setColor(Color::Stuck);
        }
    }
    const QString error = firstLine(scan.errorMessage);
    if (!error.isEmpty())
        m_note->setText(error);
    else if (keys.isEmpty())
        m_note->setText(scan.status == QLatin1String("completed") ? tr("Nothing was read.")
                                                                  : tr("Not read yet."));
    m_note->setVisible(!error.isEmpty() || keys.isEmpty());
}

void ScanView::failed(const base::Error& error)
{
    m_note->setText(error.kind == base::ErrorKind::NotFound
                        ? tr("The scan it names is not in the table.")
                        : errorLine(error));
    m_note->show();
}

void ScanView::readPicture(const QString& url)
{
    m_pictureUrl = url;
    const qreal ratio = devicePixelRatioF();
    const QSize box(px(kPictureWidth), px(kPictureHeight));
    async::deliver(m_session.scans().thumbnail(url, box * ratio), this,
                   [this, url, ratio](base::Result<QImage> picture) {
                       if (url != m_pictureUrl)
                           return;
                       m_picture->setVisible(true);
                       if (picture) {
                           picture->setDevicePixelRatio(ratio);
                           m_picture->setPixmap(QPixmap::fromImage(*picture));
                           setTip(m_picture, {});
                       } else {
                           m_picture->setVisible(false);
                           m_note->setText(picture.error().detail.translated());
                           m_note->setVisible(!picture.error().detail.isEmpty());
                       }
                   });
}

} // namespace queuedeck::ui
