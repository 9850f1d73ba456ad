// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"
#include "core/service/scanservice.h"

#include <QWidget>

#include <stop_token>

class QGraphicsPixmapItem;
class QGraphicsView;
class QPushButton;
class QStackedLayout;

namespace queuedeck::ui {

class ElidedLabel;
class EmptyState;
class Label;

/// The picture of a scan: fitted, zoomed, rotated, all for viewing only; the stored one stays. One
/// at someone else's https address is fetched when the user asks for it, never by itself.
class PictureView : public QWidget
{
    Q_OBJECT

public:
    explicit PictureView(service::ScanService& scans, QWidget* parent = nullptr);
    ~PictureView() override;

    void show(const domain::Scan& scan);
    void clear();
    void zoom(double factor);
    void fit();
    void turn();
    int percent() const;          ///< of the picture's own size, in screen pixels
    QWidget* focusTarget() const; ///< the picture, or the button in its place

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    using QWidget::show;

private:
    QWidget* makeBar();
    QWidget* makeFoot();
    void read(const QFuture<base::Result<QImage>>& picture);
    void take(const base::Result<QImage>& image);
    void offer(); ///< offers to fetch it
    void fetch();
    void addButton(const QString& text, const QString& objectName, void (PictureView::*act)());
    void stopFetching();
    void update(bool hasPicture);

    service::ScanService& m_scans;
    QGraphicsView* m_view;
    QGraphicsPixmapItem* m_item = nullptr;
    QStackedLayout* m_stack;
    EmptyState* m_none;
    QList<QWidget*> m_tools;
    Label* m_percent = nullptr;
    ElidedLabel* m_facts = nullptr;
    ElidedLabel* m_origin = nullptr;
    QPushButton* m_open = nullptr;
    QString m_url;
    quint64 m_generation = 0;
    std::stop_source m_stop; ///< of the picture being fetched
    int m_turns = 0;
    bool m_isFitted = true;
};

} // namespace queuedeck::ui
