(window.campaignNames=window.campaignNames||{})["names-r"]=[["220881100","\u74e6\u623f\u9547",2,[["201","\u8363\u534e\u6751","\u65af\u7434\u9ad8\u5a03"]]]];
