// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/scanbox.h"

#include "core/async/deliver.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QGridLayout>

namespace queuedeck::ui {

namespace {
constexpr int kPictureHeight = 96;
constexpr int kPictureWidth = 150;
} // namespace

ScanBox::ScanBox(service::ScanService& scans, QWidget* parent)
    : QWidget(parent)
    , m_scans(scans)
    , m_picture(new QLabel(this))
    , m_state(new Label({}, TextRole::Small, Color::Muted, this))
    , m_fields(new QGridLayout)
{
    m_picture->setAccessibleName(tr("Picture of the scan"));
    m_picture->setFixedSize(px(kPictureWidth), px(kPictureHeight));
    m_picture->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_state->setWordWrap(true);
    m_fields->setHorizontalSpacing(px(space::kS));
    m_fields->setVerticalSpacing(px(space::kXxs));
    m_fields->setColumnStretch(1, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(px(space::kXs));
    right->addLayout(m_fields);
    right->addWidget(m_state);
    right->addStretch();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(px(space::kM));
    row->addWidget(m_picture, 0, Qt::AlignTop);
    row->addLayout(right, 1);
}

void ScanBox::show(const domain::ScanId& id)
{
    m_id = id;
    async::deliver(m_scans.scan(id), this, [this, id](const base::Result<domain::Scan>& scan) {
        if (id != m_id)
            return;
        if (scan)
            show(*scan);
        else
            m_state->setText(errorLine(scan.error()));
    });
}

void ScanBox::show(const domain::Scan& scan)
{
    while (QLayoutItem* item = m_fields->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    const auto type = domain::scanTypeFromText(scan.scanType);
    for (const QString& field : domain::scanFields(type.value_or(domain::ScanType::BusinessCard))) {
        const QString value = scan.extractedData.value(field).toString();
        if (value.isEmpty())
            continue;
        m_fields->addWidget(new Label(field, TextRole::Small, Color::Muted, this), row, 0);
        m_fields->addWidget(new ElidedLabel(showControls(value), TextRole::Small, Color::Text, this),
                            row++, 1);
    }
    if (scan.status == QLatin1String("completed"))
        m_state->setText(scan.confidence() ? tr("Read by a machine, not checked. Confidence %1.")
                                                 .arg(formatConfidence(*scan.confidence()))
                                           : tr("Read by a machine, not checked."));
    else if (scan.status == QLatin1String("failed"))
        m_state->setText(scan.errorMessage);
    else
        m_state->setText(tr("Not read yet."));
    if (scan.imageUrl == m_imageUrl)
        return;
    m_imageUrl = scan.imageUrl;
    m_picture->clear();
    const QSize size = m_picture->size() * devicePixelRatioF();
    async::deliver(m_scans.thumbnail(scan.imageUrl, size), this,
                   [this, url = scan.imageUrl](const base::Result<QImage>& image) {
                       if (url != m_imageUrl || !image)
                           return;
                       QPixmap pixmap = QPixmap::fromImage(*image);
                       pixmap.setDevicePixelRatio(devicePixelRatioF());
                       m_picture->setPixmap(pixmap);
                   });
}

} // namespace queuedeck::ui
