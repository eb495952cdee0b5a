import type { UploadField } from '../../../../domain/upload-field';
import { dictionary } from '../../words';

/** What a column may mean. */
export const fieldWords = dictionary<Record<UploadField, string>>(
  {
    orderNumber: '주문번호',
    lineNumber: '주문 행 번호',
    orderedAt: '주문일시',
    name: '수령인',
    phone: '연락처',
    phone2: '연락처 2',
    postcode: '우편번호',
    address: '주소',
    addressDetail: '상세주소',
    deliveryMessage: '배송메시지',
    deal: '상품명',
    option: '옵션',
    quantity: '수량',
    amount: '금액 (행 전체)',
    unitPrice: '단가',
    discount: '할인',
    shippingFee: '배송비',
  },
  {
    orderNumber: 'Order number',
    lineNumber: 'Line number',
    orderedAt: 'Ordered at',
    name: 'Recipient',
    phone: 'Phone',
    phone2: 'Second phone',
    postcode: 'Postcode',
    address: 'Address',
    addressDetail: 'Address, detail',
    deliveryMessage: 'Delivery message',
    deal: 'Deal',
    option: 'Option',
    quantity: 'Quantity',
    amount: 'Amount (of the line)',
    unitPrice: 'Unit price',
    discount: 'Discount',
    shippingFee: 'Shipping fee',
  },
);
